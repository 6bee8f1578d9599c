"""What stands in the fold "Faults and members", done by clicking while the real bot runs."""

from pathlib import Path

from playwright.async_api import expect

from tests.local_api.pictures import png
from tests.playground.conftest import played_again, violations
from tests.playground.visitor import REACTS_WITHIN_MS, Visitor

GROUP = "Canada"


async def arrive(visitor: Visitor, *names: str) -> None:
    """These people come in by name."""
    for name in names:
        await visitor.page.get_by_label("Name").fill(name)
        await visitor.page.get_by_label("Name").press("Enter")
        await expect(visitor.page.get_by_role("heading", name=name, exact=True)).to_be_visible(timeout=REACTS_WITHIN_MS)
    await expect(visitor.page.get_by_text("The bot is ready")).to_be_visible(timeout=REACTS_WITHIN_MS)


async def unfold(visitor: Visitor) -> None:
    await visitor.page.get_by_text("Faults and members").click()


async def test_a_newcomer_sees_none_of_it(visitor: Visitor) -> None:
    await expect(visitor.page.get_by_text("Faults and members")).to_have_count(0)
    await arrive(visitor, "Ana")
    await expect(visitor.page.get_by_role("button", name="Order it")).to_be_hidden()


async def test_calls_go_wrong_as_ordered_and_what_was_said_is_answered_even_so(visitor: Visitor) -> None:
    page = visitor.page
    await arrive(visitor, "Ana")
    await unfold(visitor)
    await page.get_by_label("The next").fill("2")
    await page.get_by_label("Which").select_option("new messages")
    await page.get_by_label("What happens to them").select_option("are too many (429, retry_after)")
    await page.get_by_label("Seconds").fill("1")
    await page.get_by_role("button", name="Order it").click()
    await expect(page.locator(".ordered")).to_contain_text("The next 2 new messages are too many")
    await visitor.say("Ana", "/start")
    await visitor.sees("Ana", "Who is going?")
    await expect(page.locator(".last")).to_contain_text("sendMessage: Too Many Requests: retry after 1")
    await expect(page.locator(".ordered")).to_have_count(0)
    await page.get_by_label("What happens to them").select_option("are cut off before they are done")
    await page.get_by_role("button", name="Order it").click()
    await page.get_by_role("button", name="Let nothing go wrong").click()
    await expect(page.locator(".ordered")).to_have_count(0)
    await expect(page.locator(".fold")).to_have_attribute("open", "")


async def test_the_bot_is_blocked_and_let_in_again(visitor: Visitor) -> None:
    page, ana = visitor.page, visitor.phone("Ana")
    await arrive(visitor, "Ana")
    await unfold(visitor)
    await expect(page.get_by_role("button", name="Ana blocks the bot")).to_be_disabled()  # they have not met
    await visitor.say("Ana", "/start")
    await visitor.sees("Ana", "Who is going?")
    await page.get_by_role("button", name="Ana blocks the bot").click()
    await expect(ana).to_contain_text("Ana has blocked the bot")
    await expect(ana.get_by_label("Message as")).to_have_count(0)
    await ana.get_by_role("button", name="Unblock").click()
    await visitor.say("Ana", "/help")
    await expect(visitor.messages("Ana").last).to_contain_text("/routes", timeout=REACTS_WITHIN_MS)


async def test_people_leave_a_group_and_the_bot_is_put_out(visitor: Visitor) -> None:
    page, group = visitor.page, visitor.phone(GROUP)
    await arrive(visitor, "Ana", "Ben")
    await page.get_by_role("heading", name="Add a group of everybody").locator("..").get_by_role("button").click()
    await expect(group).to_be_visible(timeout=REACTS_WITHIN_MS)
    await visitor.say(GROUP, "/together")
    await visitor.sees(GROUP, "Canada together")
    await unfold(visitor)
    await page.get_by_role("button", name="Ana leaves").click()
    await visitor.sees(GROUP, "Ana left")
    await expect(group).to_contain_text("1 person, in the hands of Ben")
    await expect(page.locator(".fold > summary")).to_be_focused()  # the place on the page is kept
    await page.get_by_role("button", name="Ana joins").click()
    await visitor.sees(GROUP, "Ana joined")
    await page.get_by_role("button", name="Ben removes the bot").click()
    await visitor.sees(GROUP, "Ben removed IEC together")
    await page.get_by_role("button", name="Ben adds the bot").click()
    await visitor.sees(GROUP, "Ben added IEC together")
    await expect(page.get_by_text("in groups the bot sees everything")).to_have_count(0)
    await page.get_by_role("button", name="Switch it off").click()
    await expect(page.get_by_text("in groups the bot sees everything")).to_be_visible(timeout=REACTS_WITHIN_MS)
    assert any("Canada together" in line["text"] for line in await played_again(visitor))  # leaving is a line of it


async def test_a_file_and_a_picture_are_sent(visitor: Visitor, tmp_path: Path) -> None:
    ana = visitor.phone("Ana")
    await arrive(visitor, "Ana")
    await visitor.say("Ana", "/start")
    await visitor.sees("Ana", "Who is going?")
    (tmp_path / "passport.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "view.png").write_bytes(png(40, 30))
    (tmp_path / "long.bin").write_bytes(b"0" * 5_000_001)
    for name, shown in (("passport.pdf", "a.file"), ("view.png", "img")):
        answered = await visitor.messages("Ana").count() + 2
        await send_file(visitor, tmp_path / name)
        await expect(ana.locator(f".mine {shown}")).to_have_count(1, timeout=REACTS_WITHIN_MS)
        await expect(visitor.messages("Ana")).to_have_count(answered, timeout=REACTS_WITHIN_MS)  # no silence
    await send_file(visitor, tmp_path / "long.bin")
    await expect(visitor.page.get_by_text("a file of less than 5 MB")).to_be_visible(timeout=REACTS_WITHIN_MS)


async def send_file(visitor: Visitor, path: Path) -> None:
    ana = visitor.phone("Ana")
    await ana.get_by_text("Commands and files").click()
    await ana.get_by_label("A file").set_input_files(path)
    await ana.get_by_role("button", name="Send it").click()


async def test_unfolded_it_is_accessible_and_no_wider_than_a_phone(visitor: Visitor, axe: str) -> None:
    page = visitor.page
    await visitor.begin("Four friends in a group")
    await visitor.sees("Dan", "Which of these")
    await unfold(visitor)
    await visitor.phone("Ana").get_by_text("Commands and files").click()
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        for width in (390, 1280):
            await page.set_viewport_size({"width": width, "height": 900})
            assert await violations(page, axe) == [], (scheme, width)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
