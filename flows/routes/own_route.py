"""A person's own IEC route: one citizenship in one category.

Rules: the programme's instructions on bilateral agreements and on participation (ages on the day of the invitation, order
and number of stays, waiting period, residence, enrolment, job offer, one participation per season); figures per country
in ``content/countries/``.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from flows.answer import Reason, Route, RouteAnswer, SeasonState, Status
from flows.dates import ONE_DAY, add_months, age_on, birthday
from flows.facts.content import Facts
from flows.facts.country import CategoryTerms, CountryTerms
from flows.facts.record import Fact
from flows.party import Category, JobState, Person, Stage, Stay
from flows.routes.condition import Condition
from flows.routes.participation import Left, free_from, left_in, stays_of
from flows.routes.residents import permit_conditions
from flows.routes.windows import combine

WITH_OFFER = frozenset({Category.YOUNG_PROFESSIONALS, Category.INTERNATIONAL_COOP})
AFTER_INVITATION = frozenset({Stage.INVITED, Stage.APPLIED, Stage.APPROVED})


def own_routes(person: Person, as_of: date, facts: Facts, season: SeasonState) -> list[RouteAnswer]:
    """Every citizenship of the person in every category; one route a category while citizenships are unanswered."""
    if person.citizenships is None:
        return [_without_citizenship(person, category, as_of, facts) for category in Category]
    return [
        own_route(person, citizenship, category, as_of, facts, season)
        for citizenship in person.citizenships
        if citizenship != "CA"
        for category in Category
    ]


def own_route(
    person: Person, citizenship: str, category: Category, as_of: date, facts: Facts, season: SeasonState
) -> RouteAnswer:
    """The route of this person in one pool on ``as_of``, which lies in ``season``."""
    country = facts.countries.get(citizenship)
    terms = country.terms_on(as_of) if country else None
    pool = terms.categories.get(category) if terms else None
    listing: Fact = terms or facts.value("programme.partner_countries", as_of)
    has_category = Condition(
        "citizenship_has_category",
        pool is not None,
        listing,
        {"citizenship": citizenship, "category": category.value, "status": country.status.value if country else "none"},
        never=pool is None,
        person=person.id,
    )
    conditions = [has_category]
    caveats: list[str] = []
    months = None
    if terms is not None and pool is not None:
        stays = stays_of(person, citizenship, as_of)
        left = left_in(category, terms, stays) if stays is not None else Left(None, pool.months)
        months = left.months
        conditions += _pool_conditions(person, category, citizenship, as_of, facts, season, terms, pool, left)
        caveats += _caveats(person, category, as_of, terms, pool, months)
    elif country is not None and country.note is not None:
        caveats.append(country.note)
    conditions += permit_conditions(person, as_of, facts)
    outcome = combine(conditions)
    reasons = [condition.reason(facts, as_of) for condition in conditions]
    if outcome.missed:
        reasons.append(missed_reason(outcome.missed, facts, as_of))
    if outcome.status is not Status.NO and _closes_before_pools_open(outcome.last_day, season):
        caveats.append("caveats.too_old_before_pools_open")
    return RouteAnswer(
        id=f"{category.value}:{citizenship}",
        route=Route(category.value),
        citizenship=citizenship,
        through=None,
        status=outcome.status,
        permit_months=months,
        from_=outcome.from_,
        last_day=outcome.last_day,
        reasons=tuple(reasons),
        needs=outcome.needs,
        caveats=tuple(caveats),
    )


def missed_reason(missed: tuple[Condition, Condition], facts: Facts, as_of: date) -> Reason:
    """The reason that names two conditions which never hold on the same day."""
    late, early = missed
    values = {"first": late.code, "from": late.from_, "second": early.code, "until": early.until}
    return Condition("windows_meet", False, early.fact, values).reason(facts, as_of)


def _without_citizenship(person: Person, category: Category, as_of: date, facts: Facts) -> RouteAnswer:
    fact = facts.value("programme.partner_countries", as_of)
    unknown = Condition(
        "citizenship_has_category",
        None,
        fact,
        {"citizenship": None, "category": category.value},
        person=person.id,
        question="citizenships",
    )
    outcome = combine([unknown])
    return RouteAnswer(
        category.value,
        Route(category.value),
        None,
        None,
        outcome.status,
        None,
        None,
        None,
        (unknown.reason(facts, as_of),),
        outcome.needs,
    )


def _pool_conditions(
    person: Person,
    category: Category,
    citizenship: str,
    as_of: date,
    facts: Facts,
    season: SeasonState,
    terms: CountryTerms,
    pool: CategoryTerms,
    left: Left,
) -> Iterator[Condition]:
    yield age_condition(person, pool.min_age, pool.max_age, as_of, terms)
    yield _participation_left(person, citizenship, as_of, terms, left)
    stays = stays_of(person, citizenship, as_of) or ()
    if terms.participation.gap_months and stays:
        free = free_from(terms, stays)
        yield Condition(
            "waiting_period_over",
            None if free is None else as_of >= free,
            terms,
            {"gap_months": terms.participation.gap_months, "free_from": free},
            from_=free if free is not None and free > as_of else None,
            person=person.id,
            question=_question_of_stays(person, stays) if free is None else None,
        )
    seasons = [stay.season for stay in stays if stay.season is not None]
    if seasons:
        yield Condition(
            "one_per_season",
            season.year not in seasons,
            facts.value("programme.one_per_season", as_of),
            {"season": season.year, "taken": max(seasons)},
            person=person.id,
        )
    if pool.lives_in:
        yield Condition(
            "lives_in_required_country",
            None if person.lives_in is None else person.lives_in in pool.lives_in,
            terms,
            {"lives_in": person.lives_in, "required": list(pool.lives_in)},
            act=True,
            person=person.id,
            question="lives_in" if person.lives_in is None else None,
        )
    if category is Category.INTERNATIONAL_COOP:
        yield Condition(
            "student_enrolled",
            person.student,
            terms,
            {"student": person.student, "enrolled_in": pool.enrolled_in},
            act=True,
            person=person.id,
            question="student" if person.student is None else None,
        )
    if category in WITH_OFFER:
        yield _job_offer(person, category, as_of, facts)


def age_condition(person: Person, min_age: int, max_age: int, as_of: date, fact: Fact) -> Condition:
    """Age within bounds on the day of the invitation: the day given, else ``as_of``.

    With a birth date the last day is the day before the birthday that ends eligibility. With only an age, the day is not
    known: ``until_at_least`` is the last day that is certain.
    """
    too_early = person.invited_on is not None and _age(person, person.invited_on, min_age) < min_age
    invited_on = None if too_early else person.invited_on
    tested = invited_on or as_of
    invited = invited_on is not None or (person.stage in AFTER_INVITATION and not too_early)
    values: dict[str, object] = {"age": None, "min": min_age, "max": max_age}

    def condition(holds: bool | None, **more: object) -> Condition:
        return Condition("age_in_range", holds, fact, values, person=person.id, **more)  # type: ignore[arg-type]

    if person.born is not None:
        values["age"] = age = age_on(person.born, tested)
        if invited_on is not None:
            values["invited_on"] = invited_on
        if age > max_age:
            if invited and invited_on is None:
                return condition(None, question="invited_on")
            return condition(False, never=True)
        if age < min_age:
            first = birthday(person.born, min_age)
            return condition(False, from_=first, until=birthday(person.born, max_age + 1) - ONE_DAY)
        return condition(True, until=None if invited else birthday(person.born, max_age + 1) - ONE_DAY)
    if person.age is None:
        return condition(None, question="age_or_birth_date")
    values["age"] = person.age
    if person.age > max_age:
        if invited:
            return condition(None, question="invited_on" if person.invited_on is None else "birth_date")
        return condition(False, never=True)
    if person.age < min_age:
        return condition(False)
    if not invited:
        values["until_at_least"] = add_months(as_of, 12 * (max_age - person.age))
    return condition(True)


def _age(person: Person, day: date, unknown: int) -> int:
    """Age on ``day``; ``unknown`` without a birth date, for an invitation nobody can have had earlier than allowed."""
    return age_on(person.born, day) if person.born is not None else unknown


def _participation_left(person: Person, citizenship: str, as_of: date, terms: CountryTerms, left: Left) -> Condition:
    stays = stays_of(person, citizenship, as_of)
    values = {
        "used": None if stays is None else len(stays),
        "max_total": terms.participation.max_total,
        "legacy": left.legacy,
    }
    unknown = left.open is None
    return Condition(
        "participation_left",
        left.open,
        terms,
        values,
        never=left.open is False,
        person=person.id,
        question=_question_of_stays(person, stays) if unknown else None,
    )


def _question_of_stays(person: Person, stays: Sequence[Stay] | None) -> str:
    """What to ask where stays leave something open: the dates of a running permit that is none of the listed ones."""
    unlisted = person.participations is not None and any(stay not in person.participations for stay in stays or ())
    return "permit_dates" if unlisted else "participations"


def _job_offer(person: Person, category: Category, as_of: date, facts: Facts) -> Condition:
    """A job offer from a Canadian employer. The lowest level of jobs (TEER 5) never counts for Young Professionals; a
    Co-op placement is whatever the studies ask for."""
    fact = facts.value("categories.offer_lowest_teer", as_of)
    job = person.job
    teer = int(job.noc[1]) if job is not None and job.noc is not None else None
    holds = None
    if job is not None:
        too_low = teer is not None and category is Category.YOUNG_PROFESSIONALS and teer > int(str(fact.value))
        holds = job.state in (JobState.OFFER, JobState.WORKING) and not too_low
    return Condition(
        "job_offer",
        holds,
        fact,
        {"job": job.state.value if job else None, "teer": teer},
        act=True,
        person=person.id,
        question="job_state" if job is None else None,
    )


def _caveats(
    person: Person, category: Category, as_of: date, terms: CountryTerms, pool: CategoryTerms, months: int | None
) -> Iterator[str]:
    yield from pool.told
    yield from terms.doubts
    yield from pool.doubts
    if person.participations and any(stay.season is None for stay in person.participations):
        yield "caveats.one_per_season"
    if category is Category.YOUNG_PROFESSIONALS and person.job and person.job.noc and person.job.noc[1] == "4":
        yield "caveats.offer_teer_4"
    full_end = add_months(as_of, months or pool.months)
    if person.passport_expires is not None and person.passport_expires < full_end:
        yield "caveats.passport_shortens_permit"
    if person.insurance_ends is not None and person.insurance_ends < full_end:
        yield "caveats.insurance_shortens_permit"


def _closes_before_pools_open(last_day: date | None, season: SeasonState) -> bool:
    opens = season.opens_from
    return last_day is not None and season.state == "closed" and opens is not None and last_day < opens
