"""Whoever answered before is asked only whether those answers count in the group, by both ways in."""

from bot.local_api import LocalApi
from flows.conversation.event import EventKind
from flows.conversation.session import Session
from flows.conversation.view import Slot
from tests.groups.friends import GROUP, Friends, text_of
from tests.groups.test_here import opened, public
from tests.kit.fixtures import StartBot
from tests.kit.people import PlayedWorld

ALONE: Session = {
    "id": "a",
    "version": 3,
    "answers": {"work:p1": "none", "age_or_birth_date:p1": {"age": 29}},
    "people": ["p1"],
    "members": {"1": {"person": "p1", "name": "Ana", "language": "en", "shows": "done"}},
}


async def test_ask_me_here_offers_what_was_answered_alone(
    local_api: LocalApi, world: PlayedWorld, bot_process: StartBot, mode: str
) -> None:
    await bot_process(local_api, mode, IEC_TOGETHER_SENDS_PER_SECOND="300")
    eva = world.private("Eva")
    group = world.group("Canada", eva, world.private("Ana"), supergroup=True)
    here = eva.in_chat(group)
    for said in ("/start", "just me", "8 July 1999", "Irish"):
        await eva.say(said)
    await here.say("/together")
    await here.press("Ask me here")
    assert "told me" not in here.card().text, "the first message says nothing personal"
    await here.press("Yes, ask me here")
    assert "You have told me about yourself before" in here.card().text and here.card().ephemeral
    await here.press("Yes, use them")
    assert "IEC before" in here.card().text, "neither age nor passport is asked again"
    assert not [text for text in world.ever_shown(group) if "told me" in text or "Ireland" in text]


def test_before_everybodys_eyes_nothing_tells_of_earlier_answers() -> None:
    group, other = Friends(), opened()
    group.names = {1: "Ana"}
    group.take(EventKind.COMMAND, 1, GROUP, name="together")
    shown = group.take(EventKind.PRESS, 1, GROUP, press="0:here", earlier=ALONE)
    (notice,) = [text_of(view) for view in shown if view.slot is Slot.NOTICE]
    assert "I’m in" in notice and "before" in notice
    assert public([view for view in shown if view.slot is Slot.MESSAGE])[0][0] == text_of(
        other.take(EventKind.PRESS, 1, GROUP, press="0:here")[0]
    )
    group.take(EventKind.COMMAND, 1, 1, name="start", text="group")
    assert "use those answers" in text_of(group.private[1][-1])
    group.press(1, "Yes, use them")
    assert group.session["answers"]["work:p1"] == "none"


def test_what_was_answered_here_meanwhile_is_not_undone_by_earlier_answers() -> None:
    group = Friends()
    group.names = {1: "Ana"}
    group.take(EventKind.COMMAND, 1, GROUP, name="together")
    group.take(EventKind.PRESS, 1, GROUP, press="0:here", earlier=ALONE)
    group.take(EventKind.PRESS, 1, GROUP, press="0:q:p1:age_or_birth_date:30")
    group.take(EventKind.COMMAND, 1, 1, name="start", text="group")
    before = group.session["answers"]["age_or_birth_date:p1"]
    group.press(1, "Yes, use them")
    assert group.session["answers"]["age_or_birth_date:p1"] == before != {"age": 29}
    assert group.session["answers"]["work:p1"] == "none"
