"""Friends in a group played to the common plan by clicking, each answering in private."""

from pathlib import Path

from playwright.async_api import expect

from tests.playground.conftest import played_again, saved_story, violations
from tests.playground.visitor import REACTS_WITHIN_MS, Visitor

GROUP = "Canada 2027"
PLAIN_ANSWERS = ("No, all new", "None of these", "I don’t know", "Only that I am done")
MOST_QUESTIONS = 8
FRIENDS = ("Ana", "Ben", "Chloé", "Dan", "Eve")


async def test_five_friends_come_to_their_answers(visitor: Visitor, axe: str, tmp_path: Path) -> None:
    page = visitor.page
    await visitor.begin("Four friends in a group")
    await visitor.sees("Dan", "Which of these")
    await page.get_by_label("Name").fill("Eve")
    await page.get_by_label("Name").press("Enter")
    await expect(page.get_by_role("heading", name="Eve", exact=True)).to_be_visible(timeout=REACTS_WITHIN_MS)
    await visitor.phone(GROUP).locator(".actors").get_by_role("button", name="Join as Eve").click()
    await expect(visitor.phone(GROUP).get_by_label("Message as Eve")).to_be_visible(timeout=REACTS_WITHIN_MS)
    await visitor.press(GROUP, "I’m in")
    await visitor.sees("Eve", "How old")
    await visitor.say("Eve", "I'm 30 and Spanish")
    await visitor.sees("Eve", "I understood")
    for name in FRIENDS:
        await answer(visitor, name)
    board = visitor.messages(GROUP).filter(has_text="Canada together").last
    await expect(board).not_to_contain_text("answering", timeout=REACTS_WITHIN_MS)
    for secret in ("37", "Ireland", "Australia", "Spain"):
        await expect(visitor.phone(GROUP).locator(".bots").filter(has_text=secret)).to_have_count(0)
    assert await violations(page, axe) == []
    boards = [line for line in await played_again(visitor) if "Canada together" in line["text"]]
    assert all(f"{name}: done" in boards[-1]["text"] for name in FRIENDS)
    story, _ = await saved_story(visitor, tmp_path)
    assert len(story.expect.people) == len(FRIENDS)
    assert not any(name in str(story) for name in FRIENDS)
    await expect(page.locator("svg.drawing .stop.here .mark")).to_have_text([f"▶ {name}" for name in FRIENDS])


async def answer(visitor: Visitor, name: str) -> None:
    """Tap "nothing of that kind" to whatever is asked, and let the others see only that one is done."""
    for _ in range(MOST_QUESTIONS):
        last = visitor.messages(name).last
        plain = [label for label in PLAIN_ANSWERS if await last.get_by_role("button", name=label, exact=True).count()]
        if not plain:
            return
        before = await last.get_attribute("data-state")
        await last.get_by_role("button", name=plain[0], exact=True).click()
        changed = visitor.phone(name).locator(f'.screen li:last-child:not([data-state="{before}"])')
        await expect(changed).to_have_count(1, timeout=REACTS_WITHIN_MS)
