"""One reason in words: what was compared, and whether it holds. Neutral sentences, so that they fit whoever it is about."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flows.answer import Reason, RouteAnswer
from flows.conversation.naming import Naming
from flows.conversation.route_words import CATEGORY_ROUTES, NAME
from flows.conversation.turn import Turn
from flows.conversation.view import Country, Words
from flows.message import Family, Message

HOLDS: Mapping[bool | None, str] = {True: "yes", False: "no", None: "unknown"}
ALL = ("yes", "no", "unknown")

PLAIN_CODES = (
    "adult", "employer_approval", "job_offer", "needs_a_permit", "needs_no_permit", "organization_accepts",
    "partner_has_permit", "partner_not_dependent", "sponsorship", "student_enrolled", "student_programme_counts",
)  # fmt: skip
PLAIN = {code: Family(f"reason.{code}", ALL) for code in PLAIN_CODES}
CATEGORY = Family(
    "reason.citizenship_has_category", ("yes", "no", "no_country", "suspended", "unknown"), "country", "category"
)
AGE = Family("reason.age_in_range", ("yes", "no", "unknown", "young"), "age", "min", "max")
AGE_INVITED = Message("reason.age_in_range.invited", "age", "max", "day")
AGE_UP_TO = Family("reason.age_up_to", ALL, "age", "max")
STAYS = Family("reason.participation_left", ("yes", "first", "no", "legacy", "unknown"), "used", "max_total")
WAITING = Family("reason.waiting_period_over", ("yes", "no"), "months", "day")
WAITING_UNKNOWN = Message("reason.waiting_period_over.unknown", "months")
SEASON = Family("reason.one_per_season", ALL, "season")
LIVES_IN = Family("reason.lives_in_required_country", ("yes", "no", "unknown"), "required")
MARRIED = Message("reason.relationship_qualifies.married")
TOGETHER = Family("reason.relationship_qualifies", ("since", "since_not_yet"), "months", "day")
NOT_A_COUPLE = Family("reason.relationship_qualifies", ("no", "unknown", "apart", "wedding"), "months")
MONTHS = Family("reason.partner_permit_months", ("yes", "no", "unknown", "too_short"), "needed", "months")
MONTHS_HELD = Family("reason.partner_permit_months", ("held", "held_no"), "needed", "ends")
LONG_ENOUGH = {
    code: Family(f"reason.{code}", ("yes", "no"), "ends", "needed")
    for code in ("passport_long_enough", "insurance_long_enough")
}
OCCUPATION = Family("reason.partner_occupation", ("yes", "no"), "job", "teer")
OCCUPATION_OPEN = Family("reason.partner_occupation", ("no_job", "unknown"))
WORKING = Family("reason.partner_working", ("yes", "offer_is_enough", "no", "unknown"))
ENTRY = Family("reason.may_enter", ("yes", "no", "unknown"), "country", "months")
PERMIT_RUNS = Family("reason.permit_runs", ("until", "open_end"), "day")
MEET = Message("reason.windows_meet", "first", "second")
WINDOW = Family("reason.window", (
    "adult", "age_in_range", "insurance_long_enough", "one_per_season", "partner_permit_months", "passport_long_enough",
    "relationship_qualifies", "waiting_period_over",
))  # fmt: skip

CLOSING = (
    "windows_meet", "needs_a_permit", "citizenship_has_category", "age_in_range", "participation_left",
    "partner_not_dependent", "partner_permit_months", "partner_has_permit",
)  # fmt: skip


def closing_reason(route: RouteAnswer) -> Reason | None:
    """The reason that rules a route out: of those that fail, the one that nobody can change comes first."""
    failing = [reason for reason in route.reasons if reason.holds is False]
    return min(
        failing, key=lambda reason: CLOSING.index(reason.code) if reason.code in CLOSING else len(CLOSING), default=None
    )


def reason_words(turn: Turn, naming: Naming, reason: Reason) -> Words | None:
    """The reason as a sentence; None where there are no words for its code."""
    if reason.code in PLAIN:
        return PLAIN[reason.code](HOLDS[reason.holds])
    own = _OWN.get(reason.code)
    return own(turn, reason) if own is not None else None


def _category(turn: Turn, reason: Reason) -> Words:
    values = reason.values
    citizenship = values.get("citizenship")
    if citizenship is None:
        return CATEGORY("unknown", country="", category="")
    if "category" not in values:
        return CATEGORY("no_country", country=Country(citizenship), category="")
    category = next(route for route in CATEGORY_ROUTES if route == values["category"])
    code = "yes"
    if not reason.holds:
        code = {"none": "no_country", "suspended": "suspended", "not_listed": "no_country"}.get(values["status"], "no")
    return CATEGORY(code, country=Country(citizenship), category=NAME(category))


def _age(turn: Turn, reason: Reason) -> Words:
    values = reason.values
    age, low, high = values.get("age"), values.get("min"), values["max"]
    if low is None:
        return AGE_UP_TO(HOLDS[reason.holds], age=age or "", max=high)
    if values.get("invited_on") and age is not None:
        return AGE_INVITED(age=age, max=high, day=_day(values["invited_on"]))
    code = "young" if reason.holds is False and age is not None and age < low else HOLDS[reason.holds]
    return AGE(code, age=age if age is not None else "", min=low, max=high)


def _stays(turn: Turn, reason: Reason) -> Words:
    used = reason.values.get("used")
    code = HOLDS[reason.holds]
    if reason.values.get("legacy"):
        code = "legacy" if reason.holds else "no"
    elif reason.holds and not used:
        code = "first"
    return STAYS(code, used=used if used is not None else 0, max_total=reason.values["max_total"])


def _waiting(turn: Turn, reason: Reason) -> Words:
    months, free = reason.values["gap_months"], reason.values.get("free_from")
    if free is None:
        return WAITING_UNKNOWN(months=months)
    return WAITING("yes" if reason.holds else "no", months=months, day=_day(free))


def _relationship(turn: Turn, reason: Reason) -> Words:
    values = reason.values
    months = values["months_together"]
    if values.get("kind") == "married":
        return MARRIED()
    if values.get("apart_days"):
        return NOT_A_COUPLE("apart", months=months)
    if values.get("since"):
        return TOGETHER("since" if reason.holds else "since_not_yet", months=months, day=_day(values["since"]))
    if values.get("wedding_on"):
        return NOT_A_COUPLE("wedding", months=months)
    return NOT_A_COUPLE("unknown" if reason.holds is None else "no", months=months)


def _months(turn: Turn, reason: Reason) -> Words:
    values = reason.values
    if values.get("ends") is not None:
        return MONTHS_HELD("held" if reason.holds else "held_no", needed=values["needed"], ends=_day(values["ends"]))
    months = values.get("months")
    code = HOLDS[reason.holds]
    if months is None:
        return MONTHS("unknown" if reason.holds is not False else "no", needed=values["needed"], months=0)
    return MONTHS("too_short" if reason.holds is False else code, needed=values["needed"], months=months)


def _long_enough(turn: Turn, reason: Reason) -> Words:
    family = LONG_ENOUGH[reason.code]
    return family("yes" if reason.holds else "no", ends=_day(reason.values["ends"]), needed=reason.values["needed"])


def _occupation(turn: Turn, reason: Reason) -> Words:
    noc = reason.values.get("noc")
    if noc is None or reason.holds is None:
        return OCCUPATION_OPEN("no_job" if reason.holds is False else "unknown")
    known = turn.content.facts.occupations.by_noc.get(noc)
    return OCCUPATION("yes" if reason.holds else "no", job=known.title if known else noc, teer=int(noc[1]))


def _working(turn: Turn, reason: Reason) -> Words:
    code = HOLDS[reason.holds]
    if reason.holds and reason.values.get("job") == "offer":
        code = "offer_is_enough"
    return WORKING(code)


def _entry(turn: Turn, reason: Reason) -> Words:
    passport = reason.values.get("passport")
    country: Any = Country(passport) if passport else ""
    return ENTRY(HOLDS[reason.holds], country=country, months=reason.values.get("stay_months") or 0)


def _permit_runs(turn: Turn, reason: Reason) -> Words:
    ends = reason.values.get("ends")
    return PERMIT_RUNS("until", day=_day(ends)) if ends else PERMIT_RUNS("open_end", day="")


def _meet(turn: Turn, reason: Reason) -> Words | None:
    first, second = reason.values["first"], reason.values["second"]
    if first not in WINDOW or second not in WINDOW:
        return None
    return MEET(first=WINDOW(first), second=WINDOW(second))


def _day(value: Any) -> date:
    return date.fromisoformat(str(value))


_OWN: Mapping[str, Callable[[Turn, Reason], Words | None]] = {
    "citizenship_has_category": _category,
    "age_in_range": _age,
    "participation_left": _stays,
    "waiting_period_over": _waiting,
    "one_per_season": lambda turn, reason: SEASON(HOLDS[reason.holds], season=str(reason.values.get("season", ""))),
    "lives_in_required_country": lambda turn, reason: LIVES_IN(
        HOLDS[reason.holds], required=[Country(code) for code in reason.values["required"]]
    ),
    "relationship_qualifies": _relationship,
    "partner_permit_months": _months,
    "passport_long_enough": _long_enough,
    "insurance_long_enough": _long_enough,
    "partner_occupation": _occupation,
    "partner_working": _working,
    "may_enter": _entry,
    "visitor_visa": _entry,
    "permit_runs": _permit_runs,
    "windows_meet": _meet,
}
