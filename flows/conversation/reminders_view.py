"""/remind: turning reminders on and off, and what a reminder says when its moment has come."""

from collections.abc import Collection

from flows.conversation.effect import Elsewhere
from flows.conversation.naming import Naming
from flows.conversation.reminding import Reminder, days_left, due_now, moment_now, own_dates, reminders_of
from flows.conversation.routes_view import back, too_early
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Words
from flows.conversation.zone_asking import ask_zone, heard_zone, obvious_zone, place_name
from flows.dates import ONE_DAY
from flows.local_time import is_zone, local_time
from flows.message import Family, Message
from flows.timeline import Dated, entry_key
from flows.timeline_words import note, title

ON = Message("remind.on", "hour", "place")
NEXT = Message("remind.on_lines", "lines")
LINE = Message("remind.line", "date", "what", "days")
MORE = Message("remind.more", "count")
SOON = Message("remind.soon", "lines")
SOON_LINE = Message("remind.soon_line", "what", "date")
NOTHING_YET = Message("remind.nothing_yet")
MOVES = Message("remind.moves")
OFF = Message("remind.off")
DUE = Family("remind.due", ("today", "ahead", "begun", "missed"), "day", "days", "what", "note")
DONE_ALREADY = Message("remind.done_already")
BETWEEN = Message("remind.between", "first", "last")
BUTTON = Family("choice.remind", ("on", "off", "elsewhere"))
COMMAND = Family("choice.command", ("dates", "edit"))

OFF_NOW = "off"
WHERE = "where"
MOST_NEXT = 4
MOST_DUE = 5


def show_reminders(turn: Turn, details: str = "") -> None:
    """Turn reminders on, or say how they stand; ``off`` ends them, ``where`` asks for the time anew; any
    other words say it."""
    wanted = turn.member.get("reminders")
    if details == OFF_NOW:
        turn.member["reminders"] = None
        turn.shown.append(Elsewhere(turn.event.user, "remind", OFF_NOW))
        turn.show(OFF(), choices=((turn.choice(BUTTON("on"), "c", "remind"), back(turn)),))
        return
    if too_early(turn):
        return
    if details in ("", WHERE):
        zone = None if details else (wanted["zone"] if wanted else obvious_zone(turn))
        if zone is None:
            ask_zone(turn, moved=bool(wanted))
            return
    else:
        zone = details if is_zone(details) else heard_zone(turn, details)
        turn.member["asked_zone"] = zone is None
    if zone is not None:
        turn_on(turn, zone)


def turn_on(turn: Turn, zone: str) -> None:
    """Remember where the member is, and say what they will be reminded of."""
    wanted = turn.member.get("reminders")
    kept = wanted if wanted and wanted["zone"] == zone else {"zone": zone, "due": {}, "wake": None}
    turn.member["reminders"] = {**kept, "zone": zone}
    now, naming = moment_now(turn), Naming(turn)
    words = [ON(hour=turn.content.reminders.hour, place=place_name(zone))]
    coming: dict[str, list[Reminder]] = {}
    for reminder in reminders_of(turn, turn.user, zone):
        if reminder.moment > now:
            coming.setdefault(entry_key(reminder.dated), []).append(reminder)
    lines = [_line(naming, reminders, zone) for reminders in coming.values()][:MOST_NEXT]
    if len(coming) > MOST_NEXT:
        lines.append(MORE(count=len(coming) - MOST_NEXT))
    words.append(NEXT(lines=Lines(tuple(lines))) if lines else NOTHING_YET())
    soon = _without_reminder(turn, zone, coming)
    if soon:
        told = (SOON_LINE(what=title(dated, naming.start), date=_when(dated)) for dated in soon)
        words.append(SOON(lines=Lines(tuple(told))))
    turn.show(*words, MOVES(), choices=_choices(turn))


def remind(turn: Turn) -> None:
    """A member's moment has come: say what is due, if it still is. Nobody else sees it."""
    due = due_now(turn)
    wanted = turn.member.get("reminders")
    if not due or not wanted:
        return
    naming = Naming(turn)
    words = [_due(turn, naming, reminder, wanted["zone"]) for reminder in due[:MOST_DUE]]
    dates, edit = turn.choice(COMMAND("dates"), "c", "dates"), turn.choice(COMMAND("edit"), "c", "edit")
    turn.show(*words, DONE_ALREADY(), choices=((dates, edit), (_elsewhere(turn), _off(turn))))


def _due(turn: Turn, naming: Naming, reminder: Reminder, zone: str) -> Words:
    dated, left = reminder.dated, days_left(turn, reminder.dated, zone)
    if left > 0:
        how, day = "ahead", _when(dated)
    elif left == 0:
        how, day = "today", _when(dated)
    elif dated.last > dated.first and dated.last >= turn.today:
        how, day = "begun", dated.last
    else:
        how, day = "missed", dated.first
    return DUE(how, day=day, days=abs(left), what=title(dated, naming.start), note=note(dated, naming.start))


def _line(naming: Naming, reminders: list[Reminder], zone: str) -> Words:
    """One date, and the days on which it is reminded of."""
    dated = reminders[0].dated
    days = [local_time(reminder.moment, zone).date() for reminder in reminders]
    return LINE(date=_when(dated), what=title(dated, naming.start), days=days)


def _without_reminder(turn: Turn, zone: str, reminded: Collection[str]) -> list[Dated]:
    """Dates that are worth a reminder and too near for one."""
    tomorrow = local_time(moment_now(turn), zone).date() + ONE_DAY
    return [
        dated
        for dated in own_dates(turn, turn.user)
        if dated.code in turn.content.reminders.days_before
        and entry_key(dated) not in reminded
        and dated.last + ONE_DAY >= tomorrow
    ]


def _choices(turn: Turn) -> tuple[tuple[Choice, ...], ...]:
    return (_elsewhere(turn), _off(turn)), (turn.choice(COMMAND("dates"), "c", "dates"), back(turn))


def _elsewhere(turn: Turn) -> Choice:
    return turn.choice(BUTTON("elsewhere"), "c", "remind", WHERE)


def _off(turn: Turn) -> Choice:
    return turn.choice(BUTTON("off"), "c", "remind", OFF_NOW)


def _when(dated: Dated) -> object:
    return dated.first if dated.first == dated.last else BETWEEN(first=dated.first, last=dated.last)
