"""One route in words: what it is, how long, until when; what must come first; what it hangs on."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flows.answer import Need, Reason, Route, RouteAnswer, Status
from flows.conversation.naming import Naming
from flows.conversation.phrases import LABEL
from flows.conversation.seeing import Shows, shown_of
from flows.conversation.turn import Turn
from flows.conversation.view import Country, Words
from flows.interview.questions import PATH
from flows.message import Family, Message
from flows.party import Stage

OWN = (Route.WORKING_HOLIDAY, Route.YOUNG_PROFESSIONALS, Route.INTERNATIONAL_COOP)
THROUGH = (Route.PARTNER_OPEN_PERMIT, Route.CANADIAN_PARTNER, Route.STUDENT_PARTNER)
OTHERS = tuple(route for route in Route if route not in (*OWN, *THROUGH))
CATEGORY_ROUTES = frozenset(OWN)
TOO_LATE = "caveats.too_old_before_pools_open"
FALLBACKS = frozenset({Route.VISITOR, Route.OTHER_PERMIT, Route.RECOGNIZED_ORGANIZATION})

POOL = Family("route.pool", OWN, "country")
POOL_MONTHS = Family("route.pool_months", OWN, "country", "months")
MONTHS = Family("route.months", OWN, "country", "months")
NAME = Family("route.name", tuple(Route))
PARTNER_OF = Family("route.through", ("you", "partner", "named"), "name")
THROUGH_WAY = Family("route.way", THROUGH, "through")
WAY = Family("route.way", OTHERS)
UNTIL = Message("route.until", "day")
UNTIL_AT_LEAST = Message("route.until_at_least", "day")
RECEIVED_BY = Message("route.received_by", "day")
PERMIT_UNTIL = Message("route.permit_until", "day")
WITHIN_MONTHS = Message("route.within_months", "window", "months", "needed", "whose")
FROM = Message("route.from", "day")
COMES_FIRST = Message("route.comes_first", "needs")
HANGS_ON = Message("route.hangs_on", "questions")

NEED_CODES = (
    "adult", "age_in_range", "citizenship_has_category", "employer_approval", "insurance_long_enough", "job_offer",
    "lives_in_required_country", "longer_permit", "may_enter", "one_per_season", "organization_accepts",
    "participation_left", "partner_has_permit", "partner_occupation", "partner_permit_months", "partner_working",
    "passport_long_enough", "relationship_qualifies", "sponsorship", "student_enrolled", "student_programme_counts",
    "visitor_visa", "waiting_period_over",
)  # fmt: skip
NEED = Family("need", NEED_CODES, "who", "whose", "countries")
NEED_FROM = Family(
    "need.on", ("adult", "age_in_range", "one_per_season", "relationship_qualifies", "waiting_period_over"),
    "who", "whose", "day",
)  # fmt: skip
NEED_BY = Message("need.by", "need", "day")
ASKED_BY = {name: question.id for question in reversed(PATH) for name in (question.id, *question.opens_for)}
A_JOB_AT_WORK = Message("need.job_at_work", "whose")


def way(naming: Naming, person: str, route: RouteAnswer) -> Words:
    """The route's name with its partner and its length, and with its passport where the person has several."""
    which_passport = len(naming.turn.party.person(person).citizenships or ()) > 1
    if route.route in CATEGORY_ROUTES:
        if route.citizenship is None:
            return NAME(route.route)
        country = Country(route.citizenship)
        if route.permit_months is None or route.status is Status.NO:
            return POOL(route.route, country=country) if which_passport else NAME(route.route)
        family = POOL_MONTHS if which_passport else MONTHS
        return family(route.route, country=country, months=route.permit_months)
    if route.route in THROUGH and route.through is not None:
        return THROUGH_WAY(route.route, through=through(naming, route.through))
    return WAY(route.route)


def comes_too_late(route: RouteAnswer) -> bool:
    """Whether the pools, going by recent years, open only after the last day of this way."""
    return TOO_LATE in route.caveats


def through(naming: Naming, person: str) -> Words:
    """As whose partner: your, Ben's, or through your partner."""
    if person == naming.reader:
        return PARTNER_OF("you", name="")
    name = naming.name(person)
    return PARTNER_OF("named" if name else "partner", name=name or "")


def reason(route: RouteAnswer, code: str) -> Reason | None:
    """The route's reason with this code."""
    return next((found for found in route.reasons if found.code == code), None)


def until(turn: Turn, naming: Naming, route: RouteAnswer, person: str) -> Words | None:
    """The last day that people should know of, said for the kind of route; None where there is none to tell."""
    if route.route in CATEGORY_ROUTES:
        stage = turn.party.person(person).stage
        if stage in (Stage.INVITED, Stage.APPLIED, Stage.APPROVED, Stage.IN_CANADA):
            return None
        if route.last_day is not None:
            return UNTIL(day=route.last_day)
        age = reason(route, "age_in_range")
        at_least = age.values.get("until_at_least") if age else None
        return UNTIL_AT_LEAST(day=date.fromisoformat(at_least)) if at_least else None
    if route.route is Route.PARTNER_OPEN_PERMIT and route.through is not None:
        if route.last_day is not None:
            return RECEIVED_BY(day=route.last_day)
        months = reason(route, "partner_permit_months")
        if months is not None and months.values.get("window_months"):
            return WITHIN_MONTHS(
                window=months.values["window_months"],
                months=months.values["months"],
                needed=months.values["needed"],
                whose=naming.whose(route.through),
            )
        return None
    held = route.route in (Route.PERMIT_HELD, Route.STUDY_PERMIT_HELD)
    return PERMIT_UNTIL(day=route.last_day) if held and route.last_day else None


def first(naming: Naming, route: RouteAnswer) -> Words | None:
    """What must come first before a later route opens; None where nothing must."""
    needs = list(need_words(naming, route, route.needs))
    return COMES_FIRST(needs=needs) if needs else None


def need_words(naming: Naming, route: RouteAnswer | None, needs: Sequence[Need]) -> Iterator[Words]:
    """Each need as a short noun phrase, with its day, which may tell an age and so keeps private with it; a job that
    counts and being at work in it are told as one."""
    codes = {need.code for need in needs}
    for need in needs:
        whose = naming.whose(need.person) if need.person else ""
        who = naming.inside(need.person) if need.person else ""
        if need.code == "partner_working" and "partner_occupation" in codes:
            continue
        if need.code == "partner_occupation" and "partner_working" in codes:
            yield A_JOB_AT_WORK(whose=whose)
            continue
        if need.from_ is not None and need.code in NEED_FROM:
            yield NEED_FROM(need.code, who=who, whose=whose, day=need.from_)
        elif need.code in NEED:
            said = NEED(need.code, who=who, whose=whose, countries=_countries(route, need))
            in_full = need.person is None or shown_of(naming.turn, need.person) is Shows.REASON
            yield NEED_BY(need=said, day=need.by) if need.by is not None and in_full else said


def hangs_on(needs: Sequence[Need]) -> Words | None:
    """The unanswered questions that decide."""
    asked = dict.fromkeys(ASKED_BY[need.question] for need in needs if need.question in ASKED_BY)
    return HANGS_ON(questions=[LABEL(question) for question in asked]) if asked else None


def _countries(route: RouteAnswer | None, need: Need) -> list[Country]:
    found = reason(route, need.code) if route is not None else None
    required: Any = found.values.get("required") if found else None
    return [Country(code) for code in required] if required else []
