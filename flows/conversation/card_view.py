"""The whole answer as a document to keep, or to give to somebody who does not use the messenger: /share."""

from collections.abc import Iterator

from flows.conversation.answer_view import DISCLAIMER, TRYING, answer_words
from flows.conversation.effect import Picture
from flows.conversation.group_sharing import show_group_choice
from flows.conversation.grouping import is_group
from flows.conversation.naming import Naming
from flows.conversation.routes_view import back, something_known, too_early
from flows.conversation.seeing import seen_answer, seen_in_full
from flows.conversation.sharing import others_of, show_choice
from flows.conversation.turn import Turn
from flows.conversation.view import Lines, Slot, View, Words
from flows.conversation.why_words import why_words
from flows.message import Message
from flows.picture_words import timeline_rows
from flows.pictures import CardScene, Weight
from flows.timeline import dates_of

TITLE = Message("card.title")
FOR = Message("card.for", "names", "day")
DATES = Message("card.dates", "lines")
FOOT = Message("card.foot")
SENT = Message("card.sent")
SENT_SHARED = Message("card.sent_shared")
WHAT_THEY_SEE = Message("choice.what_they_see")


def share_answer(turn: Turn, details: str = "") -> None:
    """The card, and where there are others who look, the way to choose what they see: with ``seen``, and at once where
    there is no answer to keep yet."""
    shared = is_group(turn.session) or bool(others_of(turn))
    if shared and (details == "seen" or not something_known(turn)):
        (show_group_choice if is_group(turn.session) else show_choice)(turn)
        return
    if too_early(turn):
        return
    choices = ((turn.choice(WHAT_THEY_SEE(), "c", "share", "seen"),),) if shared else ()
    sent = SENT_SHARED() if shared else SENT()
    view = View(turn.event.user, Slot.MESSAGE, (sent,), (*choices, (back(turn),)), language=turn.member["language"])
    turn.shown.append(Picture(view, CardScene(tuple(card_lines(turn))), {}))


def card_lines(turn: Turn) -> Iterator[tuple[Weight, Words]]:
    """The card's paragraphs: the answer, the dates, then smaller the reasons with their sources; as far as the reader may
    see them."""
    naming = _as_outsiders_read(turn)
    yield Weight.TITLE, TITLE()
    yield Weight.SMALL, FOR(names=[naming.start(person) for person in turn.people], day=turn.today)
    if turn.member.get("trial"):
        yield Weight.HEADING, TRYING()
    first, *told = (words for words in answer_words(turn, naming) if not words.folded and words != DISCLAIMER())
    yield Weight.HEADING, first
    yield from ((Weight.BODY, words) for words in told)
    party, answer = seen_in_full(turn)
    dates = dates_of(party, answer, turn.content.facts)
    if dates:
        yield Weight.BODY, DATES(lines=Lines(tuple(timeline_rows(dates, naming.start))))
    for place, words in enumerate(why_words(turn, naming, seen_answer(turn).people, in_full=True)):
        yield Weight.SMALL if place else Weight.HEADING, Words(words.key, words.values)
    yield Weight.SMALL, DISCLAIMER()
    yield Weight.SMALL, FOOT()


def _as_outsiders_read(turn: Turn) -> Naming:
    """Everybody by name, so that the card reads the same for whoever gets it; as the reader sees them where one has none."""
    outside = Naming(turn, reader="")
    return outside if all(outside.name(person) for person in turn.people) else Naming(turn)
