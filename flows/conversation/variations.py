"""Changes that would alter an answer: made up from what a party could do or find out, and tried by evaluating again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.answer import Answer, PersonAnswer, Route, RouteAnswer, Status
from flows.conversation.route_words import FALLBACKS
from flows.conversation.turn import Turn
from flows.dates import add_months
from flows.facts.content import Facts
from flows.interview.answers import party_of
from flows.interview.questions import key_of
from flows.interview.walk import couples_of
from flows.party import RelationshipKind
from flows.plans.second_passport import partner_countries, pools_by_passport
from flows.routes.evaluate import evaluate

STATUS_RANK = {Status.NO: 0, Status.UNKNOWN: 1, Status.LATER: 2, Status.YES: 3}


@dataclass(frozen=True, slots=True)
class Variation:
    """One change: its kind, whom it is about, the answers it would change, or the day it looks ahead to."""

    kind: str
    subject: str
    changes: Mapping[str, Any]
    codes: tuple[str, ...] = ()
    day: date | None = None

    @property
    def id(self) -> str:
        """A short text that stands for it in a button."""
        return f"{self.kind}.{self.subject}"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one person: the route that gains most, and by how much: open, possible or nearer."""

    person: str
    route: RouteAnswer
    gain: str


def found(turn: Turn) -> list[tuple[Variation, tuple[Effect, ...]]]:
    """The changes that help somebody, with what they do."""
    helpful: list[tuple[Variation, tuple[Effect, ...]]] = []
    for variation in _variations(turn):
        effects = effects_of(turn, variation)
        if variation.kind == "placement":  # the offer that comes with it is a change of its own
            effects = tuple(effect for effect in effects if effect.route.route is Route.INTERNATIONAL_COOP)
        if effects and not any(_same(effects, told) for _, told in helpful):
            helpful.append((variation, effects))
    return helpful + _passports(turn)


def _same(effects: tuple[Effect, ...], told: tuple[Effect, ...]) -> bool:
    """Whether another change does the same already; being together and being married are both told all the same."""
    if any(effect.route.route is Route.PARTNER_OPEN_PERMIT for effect in effects):
        return False
    return [(e.person, e.route.id, e.gain) for e in effects] == [(e.person, e.route.id, e.gain) for e in told]


def effects_of(turn: Turn, variation: Variation) -> tuple[Effect, ...]:
    """What one change does to each person, by evaluating the changed party."""
    answers = {**turn.answers, **variation.changes}
    party = party_of(answers, turn.people, variation.day or turn.today)
    return compare(turn.answer, evaluate(party, turn.content.facts))


def compare(before: Answer, after: Answer) -> tuple[Effect, ...]:
    """The gain of each person between two answers; nothing for those who gain nothing."""
    effects = []
    for old, new in zip(before.people, after.people, strict=True):
        effect = _gain(old, new)
        if effect is not None:
            effects.append(effect)
    return tuple(effects)


def _gain(old: PersonAnswer, new: PersonAnswer) -> Effect | None:
    """The best route that stands better than before, unless something at least as good was open before."""
    were = {route.id: route for route in old.routes}
    best_rank = max((STATUS_RANK[r.status] for r in old.routes if r.route not in FALLBACKS), default=0)
    for route in new.routes:
        if route.route in FALLBACKS or route.status in (Status.NO, Status.UNKNOWN):
            continue
        was = were.get(route.id)
        rank = STATUS_RANK[was.status] if was is not None else 0
        if STATUS_RANK[route.status] > max(rank, 0) and STATUS_RANK[route.status] >= best_rank:
            return Effect(new.id, route, "open" if route.status is Status.YES else "possible")
        if was is not None and route.status is was.status is Status.LATER and len(route.needs) < len(was.needs):
            return Effect(new.id, route, "nearer")
    return None


def _variations(turn: Turn) -> Iterator[Variation]:
    mine = turn.answered_by(turn.user)
    for pair in couples_of(turn.answers, turn.people):
        yield from _of_pair(turn, pair)
    for person in mine:
        yield from _of_person(turn, person)
    yield from _days(turn)


def _of_pair(turn: Turn, pair: str) -> Iterator[Variation]:
    kind = turn.said("relationship_kind", pair)
    if kind == RelationshipKind.MARRIED:
        return
    year_ago = {"before": add_months(turn.today, -12).isoformat()}
    together = {key_of("living_together_since", pair): year_ago}
    if kind == RelationshipKind.DATING:
        together[key_of("relationship_kind", pair)] = RelationshipKind.LIVING_TOGETHER.value  # type: ignore[assignment]
    yield Variation("together", pair, together)
    yield Variation("married", pair, {key_of("relationship_kind", pair): RelationshipKind.MARRIED.value})


def _of_person(turn: Turn, person: str) -> Iterator[Variation]:
    noc = counting_job(turn.content.facts, turn.today)
    work = turn.said("work", person)
    if work not in ("offer", "working"):
        yield Variation("offer", person, {key_of("work", person): "offer", key_of("occupation", person): [noc]})
    elif turn.said("occupation", person) != [noc]:
        yield Variation("other_job", person, {key_of("occupation", person): [noc]})
    if turn.said("student", person) != "yes" and work != "studying":
        student = {key_of("student", person): "yes", key_of("work", person): "offer"}
        yield Variation("placement", person, student)
    for country in _required_homes(turn, person):
        yield Variation(f"home_{country}", person, {key_of("lives_in", person): country}, codes=(country,))


def _required_homes(turn: Turn, person: str) -> list[str]:
    answer = next(found for found in turn.answer.people if found.id == person)
    return list(
        dict.fromkeys(
            str(reason.values["required"][0])
            for route in answer.routes
            for reason in route.reasons
            if reason.code == "lives_in_required_country" and reason.holds is False
        )
    )


def _days(turn: Turn) -> Iterator[Variation]:
    """The first days on which waiting alone opens something."""
    days = sorted(
        {
            route.from_
            for person in turn.answer.people
            for route in person.routes
            if route.status is Status.LATER and route.from_ is not None and route.from_ > turn.today
        }
    )
    for day in days[:3]:
        yield Variation(f"day_{day.isoformat()}", "", {}, day=day)


def _passports(turn: Turn) -> list[tuple[Variation, tuple[Effect, ...]]]:
    """Which further citizenships would open a pool, for those who have none; told as a thing to find out."""
    helpful: list[tuple[Variation, tuple[Effect, ...]]] = []
    for person in turn.answered_by(turn.user):
        own = turn.said("citizenships", person)
        answer = next(found for found in turn.answer.people if found.id == person)
        pools = any(r.citizenship and r.status is not Status.NO for r in answer.routes)
        if not isinstance(own, list) or pools:
            continue
        found = pools_by_passport(
            turn.party.person(person),
            partner_countries(turn.content.facts),
            turn.today,
            turn.content.facts,
            turn.answer.season,
        )
        codes = tuple(route.citizenship for route in found if route.citizenship is not None)
        if codes:
            changes = {key_of("citizenships", person): sorted([*own, codes[0]])}
            gain = Effect(person, found[0], "open" if found[0].status is Status.YES else "possible")
            helpful.append((Variation("passport", person, changes, codes=codes), (gain,)))
    return helpful


def counting_job(facts: Facts, day: date) -> str:
    """A job that opens a partner's permit on ``day`` the first of TEER 1 that counts."""
    rule = facts.partner_permit.rule_on(day)
    return next(
        occupation.noc
        for occupation in facts.occupations.occupations
        if occupation.teer == 1 and rule.occupations.counts(occupation.noc)
    )
