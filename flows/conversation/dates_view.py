"""The dates of the party, as a picture too, and the calendar file that holds them: /dates."""

from flows.calendar_entries import gone_entries, to_remember
from flows.conversation.effect import Calendar, Picture
from flows.conversation.naming import Naming
from flows.conversation.routes_view import back, too_early
from flows.conversation.seeing import seen_in_full
from flows.conversation.turn import Turn
from flows.conversation.view import Lines, Slot, View, Words
from flows.message import Message
from flows.picture_words import timeline_caption
from flows.pictures import TimelineScene
from flows.timeline import Dated, dates_of
from flows.timeline_words import basis, note, title

TITLE = Message("dates.shown", "lines")
LINE = Message("dates.line", "day", "what", "note")
LINE_BETWEEN = Message("dates.line_between", "first", "last", "what", "note")
NONE = Message("dates.none")
SURE = Message("dates.sure", "lines")
FILE = Message("dates.file")
OUTDATED = Message("dates.outdated", "count")
WORTH_A_PICTURE = 2
"""A single date needs no picture."""
ASK_FILE = Message("choice.calendar")
REMIND = Message("choice.remind.on")


def show_dates(turn: Turn, details: str = "") -> None:
    """Every date that is known, earliest first; with ``file``, as a calendar file to keep."""
    if too_early(turn):
        return
    naming = Naming(turn)
    party, answer = seen_in_full(turn)
    dates = dates_of(party, answer, turn.content.facts)
    gone = gone_entries(turn.member.get("calendar", ()), dates, turn.today)
    file = turn.choice(ASK_FILE(), "c", "dates", "file")
    outdated = [OUTDATED(count=len(gone))] if gone else []
    if details == "file" and (dates or gone):
        view = View(turn.event.user, Slot.MESSAGE, (FILE(),), language=turn.member["language"])
        names = {person.id: naming.start(person.id) for person in party.people}
        turn.shown.append(Calendar(view, tuple(dates), names, gone))
        turn.member["calendar"] = to_remember(dates, gone)
        return
    if not dates:
        turn.show(NONE(), *outdated, choices=((*([file] if gone else []), back(turn)),))
        return
    lines = Lines(tuple(_line(dated, naming) for dated in dates))
    said = {dated.basis: basis(dated) for dated in dates}
    words = [TITLE(lines=lines), SURE(lines=Lines(tuple(said.values())))]
    turn.show(words[0], *outdated, Words(words[1].key, words[1].values, folded=True),
              choices=(
                  (file, turn.choice(REMIND(), "c", "remind")),
                  (back(turn),),
              ))  # fmt: skip
    if len(dates) < WORTH_A_PICTURE:
        return
    people = tuple(person.id for person in party.people)
    caption = timeline_caption(dates, naming.start)
    view = View(turn.event.chat, Slot.MESSAGE, tuple(caption), language=turn.member["language"])
    names = {person: naming.start(person) for person in people}
    turn.shown.append(Picture(view, TimelineScene(tuple(dates), people, turn.today), names))


def _line(dated: Dated, naming: Naming) -> Words:
    what, more = title(dated, naming.start), note(dated, naming.start)
    if dated.first == dated.last:
        return LINE(day=dated.first, what=what, note=more)
    return LINE_BETWEEN(first=dated.first, last=dated.last, what=what, note=more)
