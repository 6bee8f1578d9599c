"""Where somebody is, so that they are written to in their morning: worked out from their answers, or asked once."""

from collections.abc import Sequence

from flows.conversation.reminding import moment_now
from flows.conversation.routes_view import back
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Words
from flows.interview.questions import UNKNOWN
from flows.local_time import local_time, minutes_ahead, offset_name, zones_in
from flows.message import Message
from flows.party import Stage
from flows.understanding.clock_time import DAY, understand_clock
from flows.understanding.whereabouts import ERROR, understand_zone

ASK = Message("remind.ask")
ASK_PLACE = Message("remind.ask_place")
WHICH = Message("remind.which")
HALF = Message("remind.half")
NOT_UNDERSTOOD = Message(ERROR)
TIME_AT = Message("choice.remind.time_at", "time", "place")

CANADA = "CA"
NEAR = 10  # minutes by which a told time may be off where a zone of theirs fits
STEP = 30  # minutes to which other offsets from UTC are rounded
EARLIEST = -11 * 60  # the offset from UTC, in minutes, below which it is a day later instead
MOST_OFFERED = 8


def obvious_zone(turn: Turn) -> str | None:
    """The zone, where the member lives in a country with one time and is not in Canada; None where that is not known."""
    zones = _home_zones(turn)
    return zones[0] if len(zones) == 1 and not _is_in_canada(turn) else None


def ask_zone(turn: Turn, *, moved: bool = False) -> None:
    """Ask what time it is for them; the times of the places that are theirs can be tapped. ``moved``: Canada's too."""
    turn.member["asked_zone"] = True
    zones = _own_zones(turn)
    if not moved and not _is_in_canada(turn):
        zones = [zone for zone in zones if zone not in _zones(turn, CANADA)] or zones
    turn.show((ASK_PLACE if moved else ASK)(), choices=(*_offered(turn, zones), (back(turn),)))


def heard_zone(turn: Turn, text: str) -> str | None:
    """The zone of what was typed; None where it has to be asked back or was not understood, which is then shown."""
    now = moment_now(turn)
    told = [_ahead(now, minutes) for minutes in understand_clock(text)]
    fitting = _fitting(turn, told)
    if len(fitting) == 1:
        return fitting[0]
    if fitting or len(told) > 1:
        offered = fitting or [_nearest_offset(ahead) for ahead in told]
        turn.show((WHICH if fitting else HALF)(), choices=(*_offered(turn, offered), (back(turn),)))
        return None
    if told:
        return _nearest_offset(told[0])
    understood = understand_zone(text, turn.today.year, turn.content.time_zones)
    if understood.value is not None:
        return str(understood.value)
    if understood.ask_back:
        turn.show(WHICH(), choices=(*_offered(turn, understood.ask_back), (back(turn),)))
        return None
    turn.show(NOT_UNDERSTOOD(), choices=(*_offered(turn, _own_zones(turn)), (back(turn),)))
    return None


def place_name(zone: str) -> str:
    """What a zone is called: its town, or how far it is from UTC."""
    return f"UTC{zone}" if zone[:1] in "+-" else zone.rpartition("/")[2].replace("_", " ")


def _ahead(now: float, minutes: int) -> int:
    """By how many minutes clocks are ahead of UTC where it is now so many minutes after midnight."""
    here = local_time(now, "+00:00")
    ahead = (minutes - here.hour * 60 - here.minute) % DAY
    return ahead - DAY if ahead > DAY + EARLIEST else ahead


def _fitting(turn: Turn, told: list[int]) -> list[str]:
    """The zones of theirs in which one of these may be what clocks show now; Canada's only if no other is."""
    now, canada = moment_now(turn), _zones(turn, CANADA)
    near = [zone for zone in _own_zones(turn) if any(abs(minutes_ahead(now, zone) - ahead) <= NEAR for ahead in told)]
    home = [zone for zone in near if zone not in canada]
    return home[:1] if home and not _is_in_canada(turn) else near


def _nearest_offset(ahead: int) -> str:
    return offset_name(STEP * round(ahead / STEP))


def _offered(turn: Turn, zones: Sequence[str]) -> tuple[tuple[Choice, ...], ...]:
    """The times in these zones as buttons, two in a row."""
    now = moment_now(turn)
    buttons = [turn.choice(_time_at(now, zone), "c", "remind", zone) for zone in zones[:MOST_OFFERED]]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def _time_at(now: float, zone: str) -> Words:
    here = local_time(now, zone)
    return TIME_AT(time=f"{here.hour}:{here.minute:02}", place=place_name(zone))


def _own_zones(turn: Turn) -> list[str]:
    """The zones of where they live, of their passports, and of Canada; of Canada first for those who are there."""
    zones = [*_home_zones(turn), *(zone for code in _passports(turn) for zone in _zones(turn, code))]
    canada = _zones(turn, CANADA)
    found = [*canada, *zones] if _is_in_canada(turn) else [*zones, *canada]
    return list(dict.fromkeys(found))


def _home_zones(turn: Turn) -> tuple[str, ...]:
    country = turn.said("lives_in", turn.me)
    return _zones(turn, country) if country and country != UNKNOWN else ()


def _passports(turn: Turn) -> list[str]:
    said = turn.said("citizenships", turn.me)
    return list(said) if isinstance(said, list) else []


def _zones(turn: Turn, country: str) -> tuple[str, ...]:
    return zones_in(country, turn.today.year, turn.content.time_zones.get(country))


def _is_in_canada(turn: Turn) -> bool:
    return turn.party.person(turn.me).stage is Stage.IN_CANADA
