"""The dates of the party, and the calendar file that holds them: /dates."""

from flows.conversation.effect import Calendar
from flows.conversation.naming import Naming
from flows.conversation.routes_view import back, too_early
from flows.conversation.seeing import seen_in_full
from flows.conversation.turn import Turn
from flows.conversation.view import Lines, Slot, View, Words
from flows.message import Message
from flows.timeline import Dated, dates_of
from flows.timeline_words import basis, note, title

TITLE = Message("dates.shown", "lines")
LINE = Message("dates.line", "day", "what", "note")
LINE_BETWEEN = Message("dates.line_between", "first", "last", "what", "note")
NONE = Message("dates.none")
SURE = Message("dates.sure", "lines")
FILE = Message("dates.file")
ASK_FILE = Message("choice.calendar")


def show_dates(turn: Turn, details: str = "") -> None:
    """Every date that is known, earliest first; with ``file``, as a calendar file to keep."""
    if too_early(turn):
        return
    naming = Naming(turn)
    party, answer = seen_in_full(turn)
    dates = dates_of(party, answer, turn.content.facts)
    if not dates:
        turn.show(NONE(), choices=((back(turn),),))
        return
    if details == "file":
        view = View(turn.event.user, Slot.MESSAGE, (FILE(),), language=turn.member["language"])
        turn.shown.append(Calendar(view, tuple(dates), {person.id: naming.start(person.id) for person in party.people}))
        return
    lines = Lines(tuple(_line(dated, naming) for dated in dates))
    said = {dated.basis: basis(dated) for dated in dates}
    words = [TITLE(lines=lines), SURE(lines=Lines(tuple(said.values())))]
    turn.show(words[0], Words(words[1].key, words[1].values, folded=True),
              choices=((turn.choice(ASK_FILE(), "c", "dates", "file"), back(turn)),))  # fmt: skip


def _line(dated: Dated, naming: Naming) -> Words:
    what, more = title(dated, naming.start), note(dated, naming.start)
    if dated.first == dated.last:
        return LINE(day=dated.first, what=what, note=more)
    return LINE_BETWEEN(first=dated.first, last=dated.last, what=what, note=more)
