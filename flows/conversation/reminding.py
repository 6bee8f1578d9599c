"""Reminders: which of a member's dates they are for, when each is due, and what is due once that moment has come.

They are worked out anew with every change of the session, so that an edited answer moves them or takes them away.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from flows.conversation.event import Event, EventKind
from flows.conversation.seeing import seen_in_full
from flows.conversation.session import Member, Reminders, Session
from flows.conversation.turn import Turn
from flows.local_time import EPOCH, local_time, moment_of
from flows.timeline import DEADLINES, Dated, dates_of, entry_key


@dataclass(frozen=True, slots=True)
class Reminder:
    """That ``dated`` is ``days`` away, to be said at ``moment``; ``key`` stays the same when the date moves."""

    key: str
    moment: float
    dated: Dated
    days: int


def plan_reminders(turn: Turn, before: Session) -> None:
    """Set what every member who wants reminders is to be told next, if anything changed or was just told."""
    if turn.session == before and turn.event.kind not in (EventKind.WOKEN, EventKind.RECHECKED):
        return
    for user, member in turn.session["members"].items():
        wanted = member.get("reminders")
        if wanted:
            _plan(turn, user, wanted)


def reminders_of(turn: Turn, user: str, zone: str) -> list[Reminder]:
    """All reminders for the dates of this member and of those they answer for, earliest first, past ones too."""
    rules = turn.content.reminders
    found = [
        Reminder(f"{entry_key(dated)}|{days}", _before(dated, days, rules.hour, zone), dated, days)
        for dated in own_dates(turn, user)
        for days in rules.days_before.get(dated.code, ())
    ]
    return sorted(found, key=lambda reminder: reminder.moment)


def own_dates(turn: Turn, user: str) -> list[Dated]:
    """The dates of this member and of those they answer for, as they alone may see them."""
    mine = _turn_of(turn, user)
    party, answer = seen_in_full(mine)
    answered = set(mine.answered_by(user))
    return [dated for dated in dates_of(party, answer, turn.content.facts) if answered & set(dated.who)]


def due_now(turn: Turn) -> list[Reminder]:
    """What the woken member is to be told, each date once; it counts as told. Nothing in the night: then it waits.

    A date that has moved on is told when it comes; one that has passed is not told, but for a deadline of late.
    """
    wanted = turn.member.get("reminders")
    at = moment_now(turn)
    if not wanted or not _is_civil(turn, at, wanted["zone"]):
        return []
    due = {key for key, moment in wanted["due"].items() if moment <= at}
    told: dict[str, Reminder] = {}
    for reminder in reminders_of(turn, turn.user, wanted["zone"]):
        if reminder.key in due and reminder.moment <= at and _still_helps(turn, reminder, wanted["zone"]):
            told.setdefault(entry_key(reminder.dated), reminder)
    turn.member["reminders"] = {
        **wanted,
        "due": {key: moment for key, moment in wanted["due"].items() if key not in due},
    }
    return list(told.values())


def days_left(turn: Turn, dated: Dated, zone: str) -> int:
    """How many days the reader still has to the date; negative where it is past."""
    return (dated.first - local_time(moment_now(turn), zone).date()).days


def moment_now(turn: Turn) -> float:
    """When the event of this turn was taken; the beginning of the day where that is not known."""
    if turn.event.at:
        return turn.event.at
    return (datetime.combine(turn.today, time(), UTC) - EPOCH).total_seconds()


def _plan(turn: Turn, user: str, wanted: Reminders) -> None:
    """Keep what is to come, and what was due before this change and was not told yet."""
    at, known = moment_now(turn), wanted["due"]
    due = {
        reminder.key: reminder.moment
        for reminder in reminders_of(turn, user, wanted["zone"])
        if reminder.moment > at or (reminder.moment <= at and known.get(reminder.key, at + 1) <= at)
    }
    first = min(due.values(), default=None)
    if first is not None and first <= at and not _is_civil(turn, at, wanted["zone"]):
        first = _next_morning(turn, at, wanted["zone"])
    turn.session["members"][user]["reminders"] = {"zone": wanted["zone"], "due": due, "wake": first}


def _turn_of(turn: Turn, user: str) -> Turn:
    """What the member knows, without the change that they are only trying out."""
    member: Member = {**turn.session["members"][user], "trial": None}
    event = Event(EventKind.WOKEN, int(user), int(user), at=turn.event.at)
    session: Session = {**turn.session, "members": {**turn.session["members"], user: member}}
    return Turn(session, event, turn.content, turn.today)


def _before(dated: Dated, days: int, hour: int, zone: str) -> float:
    return moment_of(dated.first - timedelta(days=days), hour, zone)


def _still_helps(turn: Turn, reminder: Reminder, zone: str) -> bool:
    left = days_left(turn, reminder.dated, zone)
    if left >= 0 or reminder.dated.last >= turn.today:
        return True
    return reminder.dated.code in DEADLINES and -left <= turn.content.reminders.missed_days


def _is_civil(turn: Turn, at: float, zone: str) -> bool:
    rules = turn.content.reminders
    return rules.hour <= local_time(at, zone).hour < rules.until_hour


def _next_morning(turn: Turn, at: float, zone: str) -> float:
    rules, here = turn.content.reminders, local_time(at, zone)
    day = here.date() if here.hour < rules.hour else here.date() + timedelta(days=1)
    return moment_of(day, rules.hour, zone)
