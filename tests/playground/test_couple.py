"""A couple played to its answer by clicking, the bot killed and the day moved in between; what lies behind it."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from tests.playground.conftest import TODAY, played_again, saved_story, violations
from tests.playground.visitor import REACTS_WITHIN_MS, Visitor

COUPLE = "A couple, one too old"


async def to_the_answer(visitor: Visitor) -> None:
    await visitor.begin(COUPLE)
    await visitor.press("Maeve", "Neither of us")
    await visitor.sees("Maeve", "studying")
    await visitor.press("Maeve", "Neither of us")
    await visitor.sees("Maeve", "You can both go")


async def test_a_couple_comes_to_its_answer(visitor: Visitor) -> None:
    await to_the_answer(visitor)
    folded = visitor.messages("Maeve").last.locator("details.quote")
    await expect(folded.locator("blockquote")).to_be_hidden()
    await folded.locator("summary").click()
    await expect(folded.locator("blockquote")).to_be_visible()
    await expect(visitor.messages("Maeve").last).to_contain_text("edited")


async def test_the_bot_is_killed_and_the_day_moved_in_mid_conversation(visitor: Visitor) -> None:
    await visitor.begin(COUPLE)
    await visitor.sees("Maeve", "IEC before")
    await visitor.page.get_by_role("button", name="Restart the bot").click()
    await visitor.press("Maeve", "Neither of us")
    await visitor.sees("Maeve", "studying")
    await visitor.page.get_by_label("Today is").fill("2035-01-15")
    await visitor.page.get_by_role("button", name="Move").click()
    await visitor.press("Maeve", "Neither of us")
    await expect(visitor.messages("Maeve").last).to_contain_text("edited", timeout=REACTS_WITHIN_MS)
    await visitor.page.get_by_role("link", name="Behind the answer").click()
    await expect(visitor.page.get_by_role("heading", name="The answer on 2035-01-15")).to_be_visible()


async def test_the_partner_answers_through_a_link(visitor: Visitor) -> None:
    await to_the_answer(visitor)
    await visitor.say("Maeve", "/invite")
    link = visitor.phone("Maeve").locator("form.link")
    await expect(visitor.messages("Maeve").last.locator(".bubble")).to_be_in_viewport()
    await expect(link.get_by_label("Opened by").locator("option").first).to_have_text("Diego", timeout=REACTS_WITHIN_MS)
    await link.get_by_role("button").click()
    await visitor.sees("Diego", "Maeve")
    await visitor.sees("Maeve", "Diego")
    told = visitor.messages("Diego").first.locator(".text")
    await expect(told).to_have_text("/start")  # an app hides what follows


async def test_the_calendar_file_can_be_taken(visitor: Visitor) -> None:
    await to_the_answer(visitor)
    await visitor.press("Maeve", "Dates")
    await visitor.press("Maeve", "As a calendar file")
    async with visitor.page.expect_download() as waiting:
        await visitor.phone("Maeve").locator("a.file").click(timeout=REACTS_WITHIN_MS)
    assert (await (await waiting.value).path()).read_bytes().startswith(b"BEGIN:VCALENDAR")


async def test_a_command_in_a_message_can_be_tapped(visitor: Visitor) -> None:
    await visitor.begin("Two passports")
    await visitor.sees("Kim", "I understood")
    await visitor.phone("Kim").locator(".bots .text").get_by_role("button", name="/edit").last.click()
    await expect(visitor.phone("Kim").locator(".mine .text").last).to_have_text("/edit", timeout=REACTS_WITHIN_MS)


async def test_behind_the_answer_stand_its_facts_and_the_party_in_routes_form(visitor: Visitor) -> None:
    await to_the_answer(visitor)
    await visitor.page.get_by_role("link", name="Behind the answer").click()
    page = visitor.page
    printed: dict[str, Any] = json.loads(await page.get_by_label("routes --json", exact=True).inner_text())
    routes = {route["id"]: route for person in printed["people"] for route in person["routes"]}
    assert printed["as_of"] == TODAY
    assert routes["working_holiday:IE"]["status"] == "yes"
    assert routes["working_holiday:CL"]["status"] == "no"
    facts = page.get_by_role("region", name="Facts of working_holiday:IE for Maeve")
    reasons = routes["working_holiday:IE"]["reasons"]
    await expect(facts.locator("tbody tr")).to_have_count(len(reasons))
    for row, reason in zip(await facts.locator("tbody tr").all(), reasons, strict=True):
        assert reason["code"] in await row.inner_text()
        assert reason["checked_on"] in await row.inner_text()
        assert await row.locator("a").get_attribute("href") == reason["source"]
    await expect(page.locator("tr", has_text="the answer").locator("td.now")).to_have_text("▶ here")


async def test_the_drawn_dialogue_shows_who_is_where(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.begin(COUPLE)
    await visitor.sees("Maeve", "IEC before")
    await page.get_by_role("link", name="Behind the answer").click()
    here = page.locator("svg.drawing .stop.here")
    await expect(here).to_have_count(1)
    await expect(here.locator(".name")).to_have_text("iec so far")
    await expect(here.locator(".mark")).to_have_text("▶ Maeve")
    await expect(page.locator("svg.drawing .stop", has_text="citizenships").locator(".note")).to_have_text(
        "✓ Maeve, Diego"
    )
    told = page.get_by_role("img", name="The questions in their order")
    await expect(told).to_have_accessible_description("Maeve is at iec so far.")
    await page.set_viewport_size({"width": 390, "height": 844})
    outside = """drawing => [...drawing.querySelectorAll("text")].filter(text => {
        const [own, box] = [text.getBoundingClientRect(), text.closest(".stop").firstElementChild.getBoundingClientRect()]
        return own.left < box.left || own.right > box.right || own.top < box.top || own.bottom > box.bottom
    }).map(text => text.textContent)"""
    assert await page.locator("svg.drawing").evaluate(outside) == []
    for scheme in ("light", "dark"):  # the accessibility checker does not look at the colours of drawings
        await page.emulate_media(color_scheme=scheme)
        for text, ground in (
            (".mark", ".person"),
            (".name", ".stop.here > rect"),
            (".stop.passed .note", ".stop.passed > rect"),
        ):
            assert contrast(await fill_of(page, text), await fill_of(page, ground)) >= 4.5, (scheme, text)


async def test_behind_the_answer_tells_that_something_was_said_since(visitor: Visitor) -> None:
    await visitor.begin(COUPLE)
    await visitor.sees("Maeve", "IEC before")
    behind = await visitor.page.context.new_page()
    await behind.goto(f"{visitor.address}behind")
    again = behind.get_by_role("link", name="Something was said since")
    await expect(again).to_be_hidden()
    await visitor.press("Maeve", "Neither of us")
    await visitor.sees("Maeve", "studying")
    await again.click(timeout=REACTS_WITHIN_MS)
    await expect(again).to_be_hidden()
    await visitor.press("Maeve", "Neither of us")
    await visitor.sees("Maeve", "You can both go")
    await again.click(timeout=REACTS_WITHIN_MS)
    await expect(behind.locator("svg.drawing .stop.here .name")).to_have_text("the answer")
    await behind.close()


async def fill_of(page: Page, selector: str) -> list[float]:
    """The colour of a part of the drawing, as red, green and blue from 0 to 1."""
    fill = await page.locator(f"svg.drawing {selector}").first.evaluate("part => getComputedStyle(part).fill")
    return [int(number) / 255 for number in re.findall(r"\d+", fill)[:3]]


def contrast(one: list[float], other: list[float]) -> float:
    """How far two colours are apart, from 1 to 21, as WCAG 2 counts it."""
    lights = sorted(
        sum(
            part * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
            for part, c in zip((0.2126, 0.7152, 0.0722), colour, strict=True)
        )
        for colour in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


async def test_what_was_played_is_saved_as_a_story_that_holds(visitor: Visitor, tmp_path: Path) -> None:
    await to_the_answer(visitor)
    story, answer = await saved_story(visitor, tmp_path)
    assert str(answer.as_of) == TODAY
    assert story.expect.people["p1"].best == "working_holiday:IE"
    assert story.expect.plans["lead_and_follow:p1:p2"] == "later"


async def test_what_was_played_is_saved_as_a_script_that_plays_again(visitor: Visitor) -> None:
    await to_the_answer(visitor)
    await visitor.say("Maeve", "/invite")
    await visitor.phone("Maeve").locator("form.link").get_by_role("button").click(timeout=REACTS_WITHIN_MS)
    await visitor.sees("Diego", "Maeve")
    lines = await played_again(visitor)
    assert any("You can both go" in line["text"] for line in lines)
    diego = next(line["to"] for line in reversed(lines) if "Maeve" in line["text"])
    assert diego != lines[0]["to"]


async def test_everything_is_accessible(visitor: Visitor, axe: str) -> None:
    assert await violations(visitor.page, axe) == []
    await to_the_answer(visitor)
    for scheme in ("light", "dark"):
        await visitor.page.emulate_media(color_scheme=scheme)
        for width in (390, 1280):
            await visitor.page.set_viewport_size({"width": width, "height": 900})
            assert await violations(visitor.page, axe) == [], (scheme, width)
    for theme in ("Light", "Dark"):
        await visitor.phone("Diego").get_by_role("button", name=theme, exact=True).click()
        await expect(visitor.phone("Diego").get_by_role("button", name=theme, exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
        assert await violations(visitor.page, axe) == [], theme
    await visitor.page.goto(f"{visitor.address}behind")
    for scheme in ("light", "dark"):
        await visitor.page.emulate_media(color_scheme=scheme)
        assert await violations(visitor.page, axe) == [], scheme


async def test_nothing_is_wider_or_longer_than_what_is_shown(visitor: Visitor) -> None:
    await visitor.page.set_viewport_size({"width": 390, "height": 844})
    await to_the_answer(visitor)
    for address in ("", "behind"):
        await visitor.page.goto(visitor.address + address)
        assert await visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
        below = "document.documentElement.scrollHeight - document.querySelector('main').getBoundingClientRect().bottom"
        assert await visitor.page.evaluate(f"{below} - window.scrollY") < 1  # nothing hidden makes it longer either


async def test_it_can_be_used_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    await page.get_by_label("Name").focus()
    await page.keyboard.type("Zoë <b>")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Zoë <b>")).to_be_visible(timeout=REACTS_WITHIN_MS)
    await page.get_by_label("Message as Zoë").focus()
    await page.keyboard.type("/start")
    await page.keyboard.press("Enter")
    await visitor.sees("Zoë <b>", "Who is going?")
    button = visitor.phone("Zoë <b>").get_by_role("button", name="Just me")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(button).to_have_count(0, timeout=REACTS_WITHIN_MS)
    assert await page.evaluate("document.activeElement.closest('.screen') !== null")  # the place is not lost
