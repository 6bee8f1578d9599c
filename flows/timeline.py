"""The dates of a party: what happens when, to whom, by which rule, and how sure the day is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from flows.answer import Answer, PersonAnswer, Reason, Route, RouteAnswer, Status
from flows.dates import ONE_DAY, add_months, last_day_leaving_months
from flows.facts.content import Facts
from flows.facts.record import Fact
from flows.party import Category, Party, Person, RelationshipKind, Stage

OWN = frozenset(Route(category.value) for category in Category)
NOT_WAITING = frozenset({Stage.INVITED, Stage.APPLIED, Stage.APPROVED, Stage.IN_CANADA})
WAITED_FOR = frozenset({"age_in_range", "waiting_period_over"})
"""What waiting alone brings to a pool."""


class Basis(StrEnum):
    """What a day rests on."""

    TOLD = "told"  # somebody of the party gave it
    RULE = "rule"  # follows from a rule and what was told
    ANNOUNCED = "announced"
    PATTERN = "pattern"  # what recent seasons did
    USUAL = "usual"  # Canada's own standard, no promise
    IF_ARRIVING = "if_arriving"  # if they arrive on the day they wish to


@dataclass(frozen=True, slots=True)
class Dated:
    """Something on a day, or between two days (``first`` and ``last`` counted in).

    ``who`` are the people it concerns, the one who must act first. ``values`` are further data for the words. ``source`` is
    a web address, None for what was told.
    """

    code: str
    who: tuple[str, ...]
    first: date
    last: date
    basis: Basis
    source: str | None = None
    checked_on: date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


CODES = (
    "pool_opens",
    "season_closes",
    "last_invitation_day",
    "age_in_range",
    "waiting_period_over",
    "months_together",
    "wedding",
    "answer_by",
    "submit_by",
    "decision",
    "letter_expires",
    "arrive_by",
    "permit_starts",
    "permit_ends",
    "passport_expires",
    "insurance_ends",
    "partner_apply_by",
)
OF_ALL = frozenset({"pool_opens", "season_closes"})
"""Dates of the whole party, whoever is waiting at the time."""
DEADLINES = frozenset({"answer_by", "submit_by"})
"""Told even when they are past: then they were missed."""


def dates_of(party: Party, answer: Answer, facts: Facts) -> list[Dated]:
    """All dates of the party from ``answer.as_of`` on, earliest first; a missed deadline stays among them."""
    found = [*_season(party, answer, facts), *_together(party, facts)]
    for person in party.people:
        own = next(routes for routes in answer.people if routes.id == person.id)
        found += _by_age_and_waiting(person, own)
        found += _clock(person, facts, answer.as_of)
        found += _papers(person)
        found += _partner(party, person, own, facts)
    kept = [dated for dated in found if dated.last >= answer.as_of or dated.code in DEADLINES]
    return sorted(kept, key=lambda dated: (dated.first, dated.last, CODES.index(dated.code), dated.who))


def entry_key(dated: Dated) -> str:
    """What a date is about, without its day: the same before and after the day has moved."""
    values = "|".join(f"{key}={value}" for key, value in sorted(dated.values.items()) if key in ("countries", "season"))
    return f"{dated.code}|{'+'.join(dated.who) if dated.code not in OF_ALL else ''}|{values}"


def clock_ends(started: datetime, days: int) -> datetime:
    """The minute, in UTC, at which a clock of so many days ends that started at this moment: full days of 24 hours.

    Source of the rule: the time to submit after accepting runs to the minute in UTC. ValueError for a time without zone.
    """
    if started.tzinfo is None:
        raise ValueError("the moment needs a time zone: the clock runs in UTC")
    return started.astimezone(UTC) + timedelta(days=days)


def _dated(
    code: str, who: tuple[str, ...], day: date, basis: Basis, fact: Reason | None = None, **values: Any
) -> Dated:
    source, checked = (fact.source, fact.checked_on) if fact is not None else (None, None)
    return Dated(code, who, day, day, basis, source, checked, values)


def _by_fact(
    code: str, who: tuple[str, ...], day: date, basis: Basis, fact: Fact, facts: Facts, **values: Any
) -> Dated:
    return Dated(code, who, day, day, basis, facts.url(fact), fact.checked_on, values)


def _season(party: Party, answer: Answer, facts: Facts) -> Iterator[Dated]:
    """When the pools open next, or when they close, for those who wait or will wait in one."""
    waiting = tuple(
        person.id
        for person in answer.people
        if party.person(person.id).stage not in NOT_WAITING
        and any(route.route in OWN and route.status is not Status.NO for route in person.routes)
    )
    if not waiting:
        return
    season = answer.season
    pattern = facts.seasons.pattern
    if season.state == "open":
        known = next((found for found in facts.seasons.seasons if found.year == season.year), None)
        closes = known.closed if known is not None else None
        basis = Basis.ANNOUNCED if closes is not None else Basis.PATTERN
        day = closes or date(season.year, pattern.closes.month, pattern.closes.day)
        fact: Fact = known if known is not None and closes is not None else pattern
        yield _by_fact("season_closes", waiting, day, basis, fact, facts, season=season.year)
    elif season.opens_from is not None and season.opens_to is not None:
        url, checked = facts.url(pattern), pattern.checked_on
        values = {"season": season.year}
        yield Dated(
            "pool_opens", waiting, season.opens_from, season.opens_to, Basis(season.basis), url, checked, values
        )


def _by_age_and_waiting(person: Person, own: PersonAnswer) -> Iterator[Dated]:
    """The last day to be invited, and the days that waiting alone brings; a day that counts for several pools once."""
    if person.stage in NOT_WAITING:
        return
    last_days: dict[date, list[RouteAnswer]] = {}
    waited: dict[tuple[str, date], list[RouteAnswer]] = {}
    for route in own.routes:
        if route.route not in OWN or route.status is Status.NO:
            continue
        if route.last_day is not None:
            last_days.setdefault(route.last_day, []).append(route)
        for code, day in _waits(route):
            waited.setdefault((code, day), []).append(route)
    for day, routes in last_days.items():
        yield _dated(
            "last_invitation_day",
            (person.id,),
            day,
            Basis.RULE,
            _reason(routes[0], "age_in_range"),
            **_countries(routes),
        )
    for (code, day), routes in waited.items():
        yield _dated(code, (person.id,), day, Basis.RULE, _reason(routes[0], code), **_countries(routes))


def _waits(route: RouteAnswer) -> Iterator[tuple[str, date]]:
    """What the route waits for and until when, also where something else is not yet answered."""
    free = _reason(route, "waiting_period_over")
    if free is not None and free.holds is False and free.values.get("free_from"):
        yield free.code, date.fromisoformat(free.values["free_from"])
    for need in route.needs:
        if need.code in WAITED_FOR and need.from_ is not None and (free is None or need.code != free.code):
            yield need.code, need.from_


def _countries(routes: list[RouteAnswer]) -> dict[str, Any]:
    return {"countries": tuple(dict.fromkeys(route.citizenship for route in routes if route.citizenship))}


def _reason(route: RouteAnswer, code: str) -> Reason | None:
    return next((reason for reason in route.reasons if reason.code == code), None)


def _clock(person: Person, facts: Facts, as_of: date) -> Iterator[Dated]:
    """From the invitation to the letter: ten days to answer, twenty to apply, Canada's usual time to decide."""
    who = (person.id,)
    answer = facts.value("invitation.answer_days", as_of)
    submit = facts.value("invitation.submit_days", as_of)
    if person.stage is Stage.INVITED:
        if person.accepted_on is not None:
            day = person.accepted_on + _days(submit.value)
            yield _by_fact("submit_by", who, day, Basis.RULE, submit, facts, days=submit.value)
        elif person.invited_on is not None:
            day = person.invited_on + _days(answer.value)
            yield _by_fact("answer_by", who, day, Basis.RULE, answer, facts, days=answer.value)
    if person.stage is Stage.APPLIED and person.applied_on is not None:
        usual = facts.value("processing.iec_days", as_of)
        day = person.applied_on + _days(usual.value)
        yield _by_fact("decision", who, day, Basis.USUAL, usual, facts, days=usual.value)
    if person.letter_valid_until is not None and person.stage is not Stage.IN_CANADA:
        yield _dated("letter_expires", who, person.letter_valid_until, Basis.TOLD)


def _days(value: object) -> timedelta:
    assert isinstance(value, int)
    return timedelta(days=value)


def _papers(person: Person) -> Iterator[Dated]:
    """The days somebody gave: permit, passport, insurance, and when they would like to be there."""
    permit = person.permit
    told = (
        ("arrive_by", person.arrive_by if person.stage is not Stage.IN_CANADA else None),
        ("permit_starts", permit.starts if permit else None),
        ("permit_ends", permit.ends if permit else None),
        ("passport_expires", person.passport_expires),
        ("insurance_ends", person.insurance_ends),
    )
    for code, day in told:
        if day is not None:
            yield _dated(code, (person.id,), day, Basis.TOLD)


def _together(party: Party, facts: Facts) -> Iterator[Dated]:
    """When a couple will have lived together long enough, and when they marry."""
    rule = facts.partner_permit.rule_on(party.as_of)
    for relationship in party.relationships:
        if relationship.kind in (None, RelationshipKind.FRIENDS, RelationshipKind.MARRIED):
            continue
        if relationship.living_together_since is not None:
            day = add_months(relationship.living_together_since, rule.months_together)
            if day > party.as_of:
                yield _by_fact(
                    "months_together", relationship.between, day, Basis.RULE, rule, facts, months=rule.months_together
                )
        if relationship.wedding_on is not None:
            yield _dated("wedding", relationship.between, relationship.wedding_on, Basis.TOLD)


def _partner(party: Party, person: Person, own: PersonAnswer, facts: Facts) -> Iterator[Dated]:
    """The last day on which the application for the partner's permit may reach Canada, where a day can be named."""
    rule = facts.partner_permit.rule_on(party.as_of)
    for route in own.routes:
        if route.route is not Route.PARTNER_OPEN_PERMIT or route.status is Status.NO or route.through is None:
            continue
        worker = party.person(route.through)
        reason = _reason(route, "partner_permit_months")
        who, values = (person.id, worker.id), {"months": rule.months_left}
        months = reason.values.get("months") if reason else None
        wished = _if_arriving(worker, months, rule.months_left, party.as_of)
        if wished is not None and (route.last_day is None or wished < route.last_day):
            yield _dated("partner_apply_by", who, wished, Basis.IF_ARRIVING, reason, **values)
        elif route.last_day is not None:
            yield _dated("partner_apply_by", who, route.last_day, Basis.RULE, reason, **values)


def _if_arriving(worker: Person, months: int | None, months_left: int, as_of: date) -> date | None:
    """The last day if the worker, who has no permit yet, arrives on the day they wish and gets the full length."""
    if worker.arrive_by is None or worker.arrive_by < as_of or worker.permit is not None or months is None:
        return None
    ends = add_months(worker.arrive_by, months) - ONE_DAY
    day = last_day_leaving_months(ends, months_left)
    return day if day >= worker.arrive_by else None
