"""The routes that remain when no pool and no partner's permit is open, and the honest pointers for Canadian partners
and for partners of students. Each is told with its main condition; none of them is worked out to the last rule."""

from datetime import date

from flows.answer import Route, RouteAnswer
from flows.dates import age_on
from flows.facts.content import Facts
from flows.facts.country import CountryStatus
from flows.facts.record import Fact
from flows.facts.travel import Entry, EntryRule
from flows.party import JobState, PermitKind, Person, Relationship, Stage
from flows.routes.condition import Condition
from flows.routes.relationship import relationship_condition
from flows.routes.windows import combine

FREE_ENTRY = frozenset({Entry.NOTHING, Entry.ETA, Entry.DOCUMENT_DEPENDENT, Entry.CITIZEN})
ENTRY_ORDER = list(Entry)


def _route(
    route: Route,
    conditions: list[Condition],
    as_of: date,
    facts: Facts,
    through: str | None = None,
    months: int | None = None,
    caveats: tuple[str, ...] = (),
) -> RouteAnswer:
    outcome = combine(conditions)
    return RouteAnswer(
        id=f"{route.value}:{through}" if through else route.value,
        route=route,
        citizenship=None,
        through=through,
        status=outcome.status,
        permit_months=months,
        from_=outcome.from_,
        last_day=outcome.last_day,
        reasons=tuple(condition.reason(facts, as_of) for condition in conditions),
        needs=outcome.needs,
        caveats=caveats,
    )


def right_to_work(person: Person, as_of: date, facts: Facts) -> RouteAnswer:
    """A citizen or permanent resident of Canada needs no permit."""
    fact = facts.value("programme.canadians", as_of)
    return _route(Route.RIGHT_TO_WORK, [Condition("needs_no_permit", True, fact, {}, person=person.id)], as_of, facts)


def permit_held(person: Person, as_of: date, facts: Facts) -> RouteAnswer | None:
    """The work permit that runs on ``as_of``, until its last day; None where there is none."""
    runs = _running(person, as_of, facts)
    if runs is None or is_student_in_canada(person):
        return None
    return _route(Route.PERMIT_HELD, [runs], as_of, facts)


def study_permit_held(person: Person, as_of: date, facts: Facts) -> RouteAnswer | None:
    """The study permit that runs on ``as_of``: it lets someone stay, study, and work beside it; None where there is none."""
    runs = _running(person, as_of, facts)
    if runs is None or not is_student_in_canada(person):
        return None
    return _route(Route.STUDY_PERMIT_HELD, [runs], as_of, facts, caveats=("caveats.work_beside_studies",))


def _running(person: Person, as_of: date, facts: Facts) -> Condition | None:
    """The condition of a permit that has started and not ended; None where there is no such permit."""
    permit = person.permit
    if permit is None or (permit.ends is not None and permit.ends < as_of):
        return None
    started = permit.starts <= as_of if permit.starts is not None else person.stage is Stage.IN_CANADA
    if not started:
        return None
    fact = facts.value("programme.permit_runs_to_its_end", as_of)
    return Condition("permit_runs", True, fact, {"kind": permit.kind.value, "ends": permit.ends}, until=permit.ends)


def recognized_organization(person: Person, as_of: date, facts: Facts) -> RouteAnswer:
    """A place with a recognized organization: an own, small quota, also for some citizens without an agreement."""
    max_age = facts.value("recognized_organization.max_age", as_of)
    limit = int(str(max_age.value))
    age = age_on(person.born, as_of) if person.born is not None else person.age
    conditions = [
        Condition(
            "age_in_range",
            None if age is None else age <= limit,
            max_age,
            {"age": age, "max": limit},
            never=age is not None and age > limit,
            person=person.id,
            question="age_or_birth_date" if age is None else None,
        ),
        Condition(
            "organization_accepts",
            False,
            facts.value("recognized_organization.max_stays", as_of),
            {"citizenships": list(person.citizenships or ())},
            act=True,
            person=person.id,
        ),
    ]
    known = [facts.countries[code] for code in person.citizenships or () if code in facts.countries]
    partner = any(country.status is CountryStatus.ACTIVE for country in known)
    told = {country.recognized_organizations_told for country in known} - {None}
    caveats = (*sorted(key for key in told if key), *max_age.doubts) if partner else ("caveats.few_organizations",)
    if known and all(not country.recognized_organizations for country in known):
        terms: Fact = known[0].terms_on(as_of) or max_age
        conditions.append(Condition("citizenship_has_category", False, terms, {}, never=True, person=person.id))
    return _route(Route.RECOGNIZED_ORGANIZATION, conditions, as_of, facts, caveats=caveats)


def other_permit(person: Person, as_of: date, facts: Facts) -> RouteAnswer:
    """A permit through an employer: a labour market assessment, a treaty, Francophone Mobility and the like."""
    fact = facts.value("other_permit.employer_first", as_of)
    job = person.job
    conditions = [
        Condition(
            "job_offer",
            None if job is None else job.state in (JobState.OFFER, JobState.WORKING),
            fact,
            {"job": job.state.value if job else None},
            act=True,
            person=person.id,
            question="job_state" if job is None else None,
        ),
        Condition("employer_approval", False, fact, {}, act=True, person=person.id),
    ]
    return _route(Route.OTHER_PERMIT, conditions, as_of, facts)


def visitor(person: Person, as_of: date, facts: Facts) -> RouteAnswer:
    """A visit without the right to work, by the best passport the person has."""
    stay = facts.value("visitor.stay_months", as_of)
    if person.citizenships is None:
        unknown = Condition("may_enter", None, stay, {}, person=person.id, question="citizenships")
        return _route(Route.VISITOR, [unknown], as_of, facts)
    passport, rule = _best_passport(person.citizenships, as_of, facts)
    entry = rule.entry if rule is not None else Entry.VISA
    holds = entry in FREE_ENTRY
    condition = Condition(
        "visitor_visa" if not holds else "may_enter",
        holds,
        rule or stay,
        {"passport": passport, "entry": entry.value, "stay_months": stay.value},
        act=True,
        person=person.id,
    )
    caveats = (rule.told,) if rule is not None and rule.told else ()
    return _route(Route.VISITOR, [condition], as_of, facts, caveats=caveats)


def _best_passport(citizenships: tuple[str, ...], as_of: date, facts: Facts) -> tuple[str | None, EntryRule | None]:
    """The passport that needs least to enter, and its rule."""
    rules = [(passport, facts.entry.rule_on(passport, as_of)) for passport in citizenships]
    return min(
        rules,
        key=lambda pair: ENTRY_ORDER.index(pair[1].entry if pair[1] is not None else Entry.VISA),
        default=(None, None),
    )


def canadian_partner(
    person: Person, canadian: Person, relationship: Relationship, as_of: date, facts: Facts
) -> RouteAnswer:
    """Residence through a Canadian partner who sponsors: a pointer with its main condition, the relationship."""
    rule = facts.partner_permit.rule_on(as_of)
    conditions = [
        relationship_condition(relationship, person.id, as_of, rule, facts),
        Condition("sponsorship", False, facts.value("sponsorship.partner", as_of), {}, act=True, person=canadian.id),
    ]
    caveats = ("caveats.while_sponsored",)
    return _route(Route.CANADIAN_PARTNER, conditions, as_of, facts, through=canadian.id, caveats=caveats)


def student_partner(
    person: Person, student: Person, relationship: Relationship, as_of: date, facts: Facts
) -> RouteAnswer:
    """An open permit through a partner who studies in Canada: a pointer with its main condition, the programme."""
    rule = facts.partner_permit.rule_on(as_of)
    conditions = [
        relationship_condition(relationship, person.id, as_of, rule, facts),
        Condition(
            "student_programme_counts",
            False,
            facts.value("student_partner.programmes", as_of),
            {"student": student.id},
            act=True,
            person=student.id,
        ),
    ]
    caveats = ("caveats.courses_that_count",)
    return _route(Route.STUDENT_PARTNER, conditions, as_of, facts, through=student.id, caveats=caveats)


def is_student_in_canada(person: Person) -> bool:
    """Whether the person holds or is approved for a study permit."""
    return person.permit is not None and person.permit.kind is PermitKind.STUDY
