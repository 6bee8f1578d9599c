"""No group message contains anything that somebody did not choose to share, whatever they answered."""

import re
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.render.values import country, day
from flows.conversation.event import EventKind
from flows.conversation.grouping import the_board
from flows.conversation.session import Session
from flows.interview.answers import open_keys, party_of
from flows.interview.walk import Walk, couples_of
from flows.routes.evaluate import evaluate
from tests.groups.friends import GROUP, TODAY, all_answered, content, text_of

PASSPORTS = ["IE", "CL", "DE", "IT", "BR", "US", "FR", "CA", "AU", "JP"]


@st.composite
def people(draw: st.DrawFn) -> dict[str, object]:
    """One person's answers, by question."""
    born = date(1985, 1, 1) + timedelta(days=draw(st.integers(0, 8000)))
    return {
        "age_or_birth_date": {"born": born.isoformat()},
        "citizenships": sorted(draw(st.sets(st.sampled_from(PASSPORTS), min_size=1, max_size=2))),
        "iec_so_far": draw(st.sampled_from(["new", "in_pool", "invited", "unknown"])),
        "work": draw(st.sampled_from(["none", "offer", "studying"])),
    }


def group_of(everybody: list[dict[str, object]], shows: list[str], couples: list[str]) -> Session:
    """A group whose members have all answered to the end."""
    names = [f"p{number}" for number in range(1, len(everybody) + 1)]
    answers: dict[str, object] = {"who": "friends", "companions": 0, "couples": [*couples, "no"]}
    for person, said in zip(names, everybody, strict=True):
        answers |= {f"{question}:{person}": value for question, value in said.items()}
        answers[f"name:{person}"] = f"N{person[1:]}"
    for pair in couples_of(answers, names):
        answers |= {f"relationship_kind:{pair}": "married"}
    while True:
        answer = evaluate(party_of(answers, names, TODAY), content().facts)
        present = Walk(answers, names, open_keys(answer, answers, names)).go().present
        if present is None:
            break
        answers[present.key] = "unknown"
    members = {
        str(number): {"person": person, "name": "", "language": "en", "shows": shown, "chose": True}
        for number, (person, shown) in enumerate(zip(names, shows, strict=True), start=1)
    }
    return {"id": "s", "version": 1, "answers": answers, "people": names, "members": members, "group": GROUP}  # type: ignore[typeddict-item]


def board(session: Session) -> str:
    """What everyone reads."""
    return text_of(the_board(session, content(), TODAY))


SHOWS = st.sampled_from(["done", "route", "reason"])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(people(), min_size=5, max_size=5),
    st.lists(people(), min_size=5, max_size=5),
    st.lists(SHOWS, min_size=5, max_size=5),
)
def test_a_board_does_not_depend_on_what_is_not_shared(
    some: list[dict[str, object]], others: list[dict[str, object]], shows: list[str]
) -> None:
    """Whatever else those answered who show only that they are done: everybody reads the very same board."""
    mixed = [other if shown == "done" else one for one, other, shown in zip(some, others, shows, strict=True)]
    couples = ["p1+p2"]
    assert board(group_of(some, shows, couples)) == board(group_of(mixed, shows, couples))
    if "done" in shows[:2]:
        assert board(group_of(some, shows, couples)) == board(group_of(some, shows, [])), "nor on a hidden couple"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(people(), min_size=4, max_size=4), st.lists(SHOWS, min_size=4, max_size=4))
def test_passports_and_days_are_shown_of_those_only_who_share_them(
    everybody: list[dict[str, object]], shows: list[str]
) -> None:
    text = board(group_of(everybody, shows, ["p1+p2"]))
    shared = {
        code for said, shown in zip(everybody, shows, strict=True) for code in said["citizenships"] if shown == "reason"
    }
    for code in set(PASSPORTS) - shared:
        assert country(code, "en") not in text.replace("Canada together", "").replace("in Canada", "")
    if "reason" not in shows:
        years = [str(year) for year in range(2028, 2045)] + [str(year) for year in range(1985, 2008)]
        assert not [year for year in years if year in text]
        assert "one answer" not in text and day(TODAY, "en") not in text


def test_odds_stay_out_of_the_group() -> None:
    group = all_answered()
    before = len(group.in_group)
    group.take(EventKind.COMMAND, 1, GROUP, name="odds")
    (said,) = group.in_group[before:]
    assert "in private" in said
    assert not re.search(r"\d", said)
