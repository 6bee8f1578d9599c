"""Whether two people count as a couple for the partner's permit, from when, and what would make it so.

Source of the rule: spouses, and common-law partners who have lived together without a break for the months that the rule
of the day asks for; of either sex. Engaged, dating and conjugal partners do not count. A civil union or PACS is not named
by the programme and is therefore measured by the time of living together.
"""

from datetime import date

from flows.dates import add_months, age_on, birthday
from flows.facts.content import Facts
from flows.facts.partner_permit import PartnerPermitRule
from flows.party import Person, Relationship, RelationshipKind
from flows.routes.condition import Condition

ADULT = 18


def relationship_condition(
    relationship: Relationship, asked: str, as_of: date, rule: PartnerPermitRule, facts: Facts
) -> Condition:
    """Married, or together for the required months without a break. Marrying or living on together are acts."""
    kind = relationship.kind
    since = relationship.living_together_since
    together_from = add_months(since, rule.months_together) if since is not None else None
    wedding = relationship.wedding_on if kind is RelationshipKind.ENGAGED else None
    values = {
        "kind": kind.value if kind else None,
        "since": since,
        "months_together": rule.months_together,
        "wedding_on": wedding,
    }

    def condition(holds: bool | None, from_: date | None = None, question: str | None = None) -> Condition:
        return Condition(
            "relationship_qualifies", holds, rule, values, from_=from_, act=True, person=asked, question=question
        )

    if kind is None:
        return condition(None, question="relationship_kind")
    if kind is RelationshipKind.MARRIED:
        return condition(True)
    if since is None and kind in (RelationshipKind.LIVING_TOGETHER, RelationshipKind.CIVIL_UNION):
        return condition(None, question="living_together_since")
    first = min((day for day in (together_from, wedding) if day is not None), default=None)
    if together_from is not None and _apart_too_long(relationship, as_of, facts):
        values["apart_days"] = relationship.longest_apart_days
        if wedding is None or wedding > as_of:
            return condition(None)
    if first is None:
        return condition(False)
    return condition(True) if first <= as_of else condition(False, from_=first)


def _apart_too_long(relationship: Relationship, as_of: date, facts: Facts) -> bool:
    """No number of days is official; beyond the figure that guides warn of, nobody can tell how an officer will see it."""
    if relationship.longest_apart_days is None:
        return False
    return relationship.longest_apart_days > int(str(facts.value("relationship.apart_days_in_doubt", as_of).value))


def adult_condition(follower: Person, worker: Person, as_of: date, rule: PartnerPermitRule) -> Condition:
    """Both at least 18: a younger foreign national is not treated as a spouse or common-law partner."""
    grown_up: list[date] = []
    holds: bool | None = True
    asked = None
    for person in (follower, worker):
        age = age_on(person.born, as_of) if person.born is not None else person.age
        if age is None:
            holds, asked = (None if holds is not False else False), person.id
        elif age < ADULT:
            holds = False
            if person.born is not None:
                grown_up.append(birthday(person.born, ADULT))
    return Condition(
        "adult",
        holds,
        rule,
        {"min": ADULT},
        from_=max(grown_up) if grown_up else None,
        person=asked or follower.id,
        question="age_or_birth_date" if holds is None else None,
    )
