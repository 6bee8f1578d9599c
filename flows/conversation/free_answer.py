"""A free answer as it is shown: its words with the facts in them, where it is from, and the lines that make it personal."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from flows.answer import Answer, Route, RouteAnswer, Status
from flows.conversation.view import Country, Link, Words
from flows.dates import add_months
from flows.facts.content import Facts
from flows.facts.country import CountryStatus, CountryTerms
from flows.facts.free_answer import FreeAnswer, Personal
from flows.message import Family, Message
from flows.party import Category, Party

SOURCE = Message("free.source", "link", "day")
SURE = Family("free.sure", ("medium", "low"))
FOR_YOU = Message("free.for_you", "lines")
PARTNER_WINDOW = Message("free.partner_window", "who", "through", "day")
AGE_LAST_DAY = Message("free.age_last_day", "who", "day")
WAIT_END = Message("free.wait_end", "who", "day")
TOGETHER_COMPLETE = Message("free.together_complete", "one", "other", "day")
ANSWER_BY = Message("free.answer_by", "who", "day")
APPLY_BY = Message("free.apply_by", "who", "day")
ENTER_BY = Message("free.enter_by", "who", "day")
PASSPORT_CUT = Message("free.passport_cut", "who", "day", "months")
INSURANCE_CUT = Message("free.insurance_cut", "who", "day", "months")

OWN_POOLS = frozenset({Route.WORKING_HOLIDAY, Route.YOUNG_PROFESSIONALS, Route.INTERNATIONAL_COOP})
Named = Callable[[str], Words | str]

# The placeholders that are single values, by the value's id.
_VALUES = {
    "answer_days": "invitation.answer_days",
    "apply_days": "invitation.submit_days",
    "biometrics_days": "invitation.biometrics_days",
    "biometrics_years": "biometrics.valid_years",
    "exam_months": "medical_exam.valid_months",
    "extra_days": "invitation.extra_documents_days",
    "fee_biometrics": "fees.biometrics",
    "fee_employer": "fees.employer_compliance",
    "fee_eta": "fees.eta",
    "fee_iec": "fees.iec",
    "fee_lmia": "fees.labour_market_assessment",
    "fee_open": "fees.open_permit_holder",
    "fee_permit": "fees.work_permit",
    "fee_restoration": "fees.restoration",
    "fee_visitor_extension": "fees.visitor_extension",
    "fee_visitor_visa": "fees.visitor_visa",
    "funds": "funds.arrival_cad",
    "letter_months": "letter.valid_months",
    "mailed_days": "processing.mailed_permit_days",
    "masters_months": "student_partner.masters_months",
    "partner_countries": "programme.partner_countries",
    "police_months": "police_certificate.lived_months",
    "pool_days": "profile.days_in_pool",
    "restore_days": "visitor.restoration_days",
    "service_days": "processing.iec_days",
    "sponsor_permit_months": "sponsorship.permit_months",
    "student_hours": "student.work_hours",
    "study_funds": "funds.study_cad",
    "visitor_months": "visitor.stay_months",
    "visitor_study_months": "visitor.study_months",
}


def free_answer_words(answer: FreeAnswer, facts: Facts, day: date) -> tuple[Words, ...]:
    """The answer's paragraphs on ``day``: short, what was true before, what next; folded: more, how sure, the sources."""
    values = free_answer_values(answer, facts, day)
    parts = ["short", "was", "next"] if answer.was_true else ["short", "next"]
    words = [Words(answer.words(part), values) for part in parts]
    words.append(Words(answer.words("more"), values, folded=True))
    confidence = str(answer.confidence_on(day))
    if confidence in SURE:
        words.append(_folded(SURE(confidence)))
    for source in (answer.source, *answer.also):
        page = facts.sources[source]
        words.append(SOURCE.folded(link=Link(page.title, page.url), day=answer.checked_on))
    return tuple(words)


def title(answer: FreeAnswer) -> Words:
    """What the answer is about, short enough for a button."""
    return Words(answer.words("title"))


def free_answer_values(answer: FreeAnswer, facts: Facts, day: date) -> Mapping[str, Any]:
    """Every value that an answer's words may hold, from the facts of ``day`` and the answer's own dates."""
    own = {"since": answer.effective_from or answer.current_as_of, "true_until": answer.was_true or ""}
    return {**_shared_values(facts, day), **own}


def _shared_values(facts: Facts, day: date) -> Mapping[str, Any]:
    values: dict[str, Any] = {name: facts.value(value_id, day).value for name, value_id in _VALUES.items()}
    rule = facts.partner_permit.rule_on(day)
    before = [
        version.months_left for version in facts.partner_permit.versions if version.months_left != rule.months_left
    ]
    return {
        **values,
        "months_left": rule.months_left,
        "months_left_before": before[-1] if before else rule.months_left,
        "months_together": rule.months_together,
        "window_24": 24 - rule.months_left,
        "window_23": 23 - rule.months_left,
        "fee_sponsored_permit": values["fee_permit"] + values["fee_open"],
        "total_partner": values["fee_permit"] + values["fee_open"] + values["fee_biometrics"],
        "total_working_holiday": values["fee_iec"] + values["fee_open"] + values["fee_biometrics"],
        "total_employer_iec": values["fee_iec"] + values["fee_biometrics"],
        **dict(_country_lists(facts, day)),
    }


def _country_lists(facts: Facts, day: date) -> Iterator[tuple[str, list[Country]]]:
    active = {
        code: terms
        for code, country in facts.countries.items()
        if country.status is CountryStatus.ACTIVE and (terms := country.terms_on(day)) is not None
    }
    holiday = Category.WORKING_HOLIDAY

    def those(fits: Callable[[CountryTerms], bool]) -> list[Country]:
        return [Country(code) for code, terms in active.items() if fits(terms)]

    yield "countries_wh", those(lambda terms: holiday in terms.categories)
    yield "countries_30", those(lambda terms: holiday in terms.categories and terms.categories[holiday].max_age < 35)
    yield "countries_long", those(lambda terms: holiday in terms.categories and terms.categories[holiday].months > 12)
    yield "countries_without_yp", those(lambda terms: Category.YOUNG_PROFESSIONALS not in terms.categories)
    yield "countries_again", those(lambda terms: terms.participation.max_total > 1)
    yield "countries_once", those(lambda terms: terms.participation.max_total == 1)
    yield "countries_gap", those(lambda terms: terms.participation.gap_months > 0)
    yield "countries_residence", those(lambda terms: all(pool.lives_in for pool in terms.categories.values()))


def personal_lines(answer: FreeAnswer, party: Party, evaluated: Answer, facts: Facts, named: Named) -> list[Words]:
    """What the answer means for this party: one line for each date that is known of what the answer ``uses``.

    ``evaluated`` is the party's evaluation on its day, ``named`` says what to call a person. Dates that lie behind are left
    out, and so is what is not known: no line promises anything that the evaluation does not.
    """
    found: list[Words] = []
    for use in answer.uses:
        found += _LINES[use](party, evaluated, facts, named)
    return found


def _partner_window(party: Party, evaluated: Answer, facts: Facts, named: Named) -> Iterator[Words]:
    for person, route in _open_routes(evaluated, {Route.PARTNER_OPEN_PERMIT}):
        for reason in route.reasons:
            last = reason.values.get("last_day") if reason.code == "partner_permit_months" else None
            if last and route.through and date.fromisoformat(str(last)) >= party.as_of:
                day = date.fromisoformat(str(last))
                yield PARTNER_WINDOW(who=named(person), through=named(route.through), day=day)


def _age_last_day(party: Party, evaluated: Answer, facts: Facts, named: Named) -> Iterator[Words]:
    for person in evaluated.people:
        days = [
            route.last_day
            for route in person.routes
            if route.route in OWN_POOLS and route.status is not Status.NO and route.last_day is not None
        ]
        if days:
            yield AGE_LAST_DAY(who=named(person.id), day=max(days))


def _wait_end(party: Party, evaluated: Answer, facts: Facts, named: Named) -> Iterator[Words]:
    days: dict[tuple[str, date], None] = {}
    for person, route in _open_routes(evaluated, OWN_POOLS):
        for reason in route.reasons:
            free = reason.values.get("free_from") if reason.code == "waiting_period_over" else None
            if free and date.fromisoformat(str(free)) > party.as_of:
                days[person, date.fromisoformat(str(free))] = None
    for person, day in days:
        yield WAIT_END(who=named(person), day=day)


def _together_complete(party: Party, evaluated: Answer, facts: Facts, named: Named) -> Iterator[Words]:
    months = facts.partner_permit.rule_on(party.as_of).months_together
    for relationship in party.relationships:
        since = relationship.living_together_since
        if since is not None and add_months(since, months) > party.as_of:
            one, other = relationship.between
            yield TOGETHER_COMPLETE(one=named(one), other=named(other), day=add_months(since, months))


def _answer_by(party: Party, evaluated: Answer, facts: Facts, named: Named) -> Iterator[Words]:
    days = _days(facts, "invitation.answer_days", party.as_of)
    for person in party.people:
        if person.invited_on is not None and person.accepted_on is None and person.applied_on is None:
            yield from _not_past(ANSWER_BY, person.id, person.invited_on + days, party, named)


def _apply_by(party: Party, evaluated: Answer, facts: Facts, named: Named) -> Iterator[Words]:
    days = _days(facts, "invitation.submit_days", party.as_of)
    for person in party.people:
        if person.accepted_on is not None and person.applied_on is None:
            yield from _not_past(APPLY_BY, person.id, person.accepted_on + days, party, named)


def _enter_by(party: Party, evaluated: Answer, facts: Facts, named: Named) -> Iterator[Words]:
    for person in party.people:
        yield from _not_past(ENTER_BY, person.id, person.letter_valid_until, party, named)


def _passport_cut(party: Party, evaluated: Answer, facts: Facts, named: Named) -> Iterator[Words]:
    for person in party.people:
        yield from _cut(PASSPORT_CUT, person.id, person.passport_expires, party, facts, named)


def _insurance_cut(party: Party, evaluated: Answer, facts: Facts, named: Named) -> Iterator[Words]:
    for person in party.people:
        yield from _cut(INSURANCE_CUT, person.id, person.insurance_ends, party, facts, named)


_LINES = {
    Personal.PARTNER_WINDOW: _partner_window,
    Personal.AGE_LAST_DAY: _age_last_day,
    Personal.WAIT_END: _wait_end,
    Personal.TOGETHER_COMPLETE: _together_complete,
    Personal.ANSWER_BY: _answer_by,
    Personal.APPLY_BY: _apply_by,
    Personal.ENTER_BY: _enter_by,
    Personal.PASSPORT_CUT: _passport_cut,
    Personal.INSURANCE_CUT: _insurance_cut,
}


def _days(facts: Facts, value_id: str, day: date) -> timedelta:
    value = facts.value(value_id, day).value
    assert isinstance(value, int), value_id
    return timedelta(value)


def _open_routes(evaluated: Answer, routes: frozenset[Route] | set[Route]) -> Iterator[tuple[str, RouteAnswer]]:
    for person in evaluated.people:
        for route in person.routes:
            if route.route in routes and route.status is not Status.NO:
                yield person.id, route


def _not_past(line: Message, person: str, day: date | None, party: Party, named: Named) -> Iterator[Words]:
    if day is not None and day >= party.as_of:
        yield line(who=named(person), day=day)


def _cut(line: Message, person: str, day: date | None, party: Party, facts: Facts, named: Named) -> Iterator[Words]:
    """The last day on which a permit that ends so still leaves the partner enough months."""
    if day is not None and day >= party.as_of:
        yield line(who=named(person), day=day, months=facts.partner_permit.rule_on(party.as_of).months_left)


def _folded(words: Words) -> Words:
    return Words(words.key, words.values, folded=True)
