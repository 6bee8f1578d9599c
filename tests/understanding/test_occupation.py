"""Jobs as people type them: every name and title finds its group, doubts are asked back, and nothing is silently wrong."""

import random
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flows.facts.content import CONTENT_ROOT
from flows.facts.occupation import Occupations
from flows.facts.yaml_file import YamlFile
from flows.understanding.occupation import NO_SUCH_CODE, NOT_UNDERSTOOD, understand_occupation
from flows.understanding.result import Understood
from flows.understanding.tokens import words_of

OCCUPATIONS = Occupations.model_validate(YamlFile(CONTENT_ROOT / "occupations.yaml").data)
TYPED_JOBS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("jobs.yaml").read_text(encoding="utf-8"))
COUNTED_AS_A_WHOLE = "0145"
MANY_JOBS = [
    "engineer",
    "manager",
    "designer",
    "nurse",
    "supervisor",
    "teacher",
    "driver",
    "mechanic",
    "guide",
    "sales",
]
ONE_JOB = ["barista", "bartender", "chef", "electrician", "plumber", "carpenter", "welder", "hairdresser", "dentist"]
ONE_JOB += ["baker", "ski instructor", "truck driver", "graphic designer", "registered nurse", "line cook"]
NO_JOB = ["", "   ", "🙂", "hello", "yes", "31", "Canada", "my partner is Irish", "I'm moving to Canada in May", "none"]
NO_JOB += ["unemployed", "nothing yet", "still travelling", "looking for a job", "asdfgh", "why do you ask?"]


def understand(text: str) -> Understood:
    return understand_occupation(text, OCCUPATIONS)


def groups_of(understood: Understood) -> list[str]:
    """The groups that an answer was taken for, whether they are asked back or not."""
    return list(understood.ask_back or (understood.value if isinstance(understood.value, list) else ()))


def every_name() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each listed name with the groups that list it."""
    for occupation in OCCUPATIONS.occupations:
        for name in occupation.names:
            yield name, (occupation.noc,)
    for shared in OCCUPATIONS.several:
        for name in shared.names:
            yield name, shared.groups


def answered_alike(groups: tuple[str, ...]) -> bool:
    return len({group[:4] for group in groups}) == 1 and groups[0][1] in COUNTED_AS_A_WHOLE


def test_all_unit_groups_are_there_and_each_has_an_everyday_name() -> None:
    named = {group for _, groups in every_name() for group in groups}
    assert len(OCCUPATIONS.occupations) == 516
    assert [occupation.title for occupation in OCCUPATIONS.occupations if occupation.noc not in named] == []
    assert sum(1 for _ in every_name()) >= 2500


def test_no_name_stands_twice() -> None:
    places: dict[tuple[str, ...], list[str]] = {}
    for name, _ in every_name():
        places.setdefault(words_of(name), []).append(name)
    assert [names for names in places.values() if len(names) > 1] == []


def test_a_name_of_one_group_means_that_group() -> None:
    wrong = {
        name: understand(name)
        for name, groups in every_name()
        if len(groups) == 1 and understand(name) != Understood(value=list(groups))
    }
    assert wrong == {}


def test_a_name_of_several_groups_is_asked_back_unless_they_are_answered_alike() -> None:
    wrong = {}
    for name, groups in every_name():
        if len(groups) > 1:
            expected = Understood(value=list(groups)) if answered_alike(groups) else Understood(ask_back=groups)
            if understand(name) != expected:
                wrong[name] = understand(name)
    assert wrong == {}


@pytest.mark.parametrize("written", [str, str.upper, lambda title: title.lower().replace(",", " ")])
def test_an_official_title_finds_its_own_code_first(written) -> None:  # type: ignore[no-untyped-def]
    wrong = {
        occupation.title: understand(written(occupation.title))
        for occupation in OCCUPATIONS.occupations
        if groups_of(understand(written(occupation.title)))[:1] != [occupation.noc]
    }
    assert wrong == {}


def test_people_who_never_saw_the_names_are_understood_or_asked_and_never_silently_misunderstood() -> None:
    assert len(TYPED_JOBS) >= 120
    missed, silently_wrong = [], []
    for said, right in TYPED_JOBS.items():
        understood = understand(said)
        if isinstance(understood.value, list):
            if understood.value[0] not in right:
                silently_wrong.append((said, understood))
        elif not set(right) & set(understood.ask_back):
            missed.append((said, understood))
    assert silently_wrong == []
    assert len(missed) <= 0.03 * len(TYPED_JOBS), missed


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("barista", "65201"),
        ("bartender", "64301"),
        ("waitress", "65200"),
        ("cook", "63200"),
        ("chef", "62200"),
        ("ski instructor", "54100"),
        ("coach", "53201"),
        ("software developer", "21232"),
        ("software engineer", "21231"),
        ("web designer", "21233"),
        ("data scientist", "21211"),
        ("au pair", "44100"),
        ("early childhood educator", "42202"),
        ("teacher assistant", "43100"),
        ("registered nurse", "31301"),
        ("LPN", "32101"),
        ("HCA", "33102"),
        ("sparky", "72200"),
        ("chippy", "72310"),
        ("plumber", "72300"),
        ("HGV driver", "73300"),
        ("heavy equipment operator", "73400"),
        ("graphic designer", "52120"),
        ("restaurant manager", "60030"),
        ("store manager", "60020"),
        ("food service supervisor", "62020"),
        ("hairdresser", "63210"),
        ("room attendant", "65310"),
        ("landscaping labourer", "85121"),
        ("construction labourer", "75110"),
        ("liftie", "65211"),
        ("tree planter", "85120"),
    ],
)
def test_well_known_jobs_lie_in_their_unit_groups(said: str, group: str) -> None:
    assert understand(said).value is not None
    assert understand(said).value[0] == group


@pytest.mark.parametrize("said", MANY_JOBS)
def test_words_for_many_jobs_are_asked_back(said: str) -> None:
    choices = understand(said).ask_back
    assert 2 <= len(choices) <= 6
    assert len(set(choices)) == len(choices)


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "{}s",
        "I'm a {}",
        "I work as a {} in Vancouver",
        "currently working as an {}",
        "{}, part-time",
        "my job is {}.",
        "je suis {}",
        "ich arbeite als {}",
        "trabajo como {}",
        "qualified {} at Northern Lights Lodge",
        "{} (CASUAL)",
    ],
)
def test_words_around_a_job_do_not_change_it(frame: str) -> None:
    changed = {
        job: understand(frame.format(job)) for job in ONE_JOB if understand(frame.format(job)) != understand(job)
    }
    assert changed == {}


def slips(rng: random.Random, name: str) -> str:
    """A name with one slip of the fingers, not in its first letter."""
    place = rng.randrange(1, len(name) - 1)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    return rng.choice([before + after, before + letter + letter + after, before + after[:1] + letter + after[1:]])


def test_slips_of_the_fingers_keep_the_meaning() -> None:
    rng = random.Random(2026)
    names = [(name, groups) for name, groups in every_name() if name.isascii() and len(name) >= 6]
    tried, lost, other = 800, [], []
    for name, groups in rng.sample(names, tried):
        typed = slips(rng, name)
        understood = understand(typed)
        if not set(groups) & set(groups_of(understood)):
            (other if understood.value else lost).append((name, typed, understood))
    assert len(lost) <= 0.03 * tried, lost
    # Now and then a slip makes another job's name ("soldador" - "solador"): nothing can tell that.
    assert len(other) <= 0.003 * tried, other


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("21231", Understood(value=["21231"])),
        ("NOC 21231", Understood(value=["21231"])),
        ("noc: 65201 (barista)", Understood(value=["65201"])),
        ("65201 or 63200", Understood(ask_back=("65201", "63200"))),
        ("99999", Understood(error=NO_SUCH_CODE)),
        ("NOC 6513", Understood(error=NO_SUCH_CODE)),
    ],
)
def test_a_typed_code_counts_only_if_it_exists(said: str, expected: Understood) -> None:
    assert understand(said) == expected


@pytest.mark.parametrize(
    "said", ["I don't know", "no idea", "keine Ahnung", "わからない", "any job", "whatever I can find"]
)
def test_not_knowing_is_an_answer(said: str) -> None:
    assert understand(said) == Understood(value="unknown")


@pytest.mark.parametrize("said", NO_JOB)
def test_what_is_no_job_is_an_error(said: str) -> None:
    assert understand(said) == Understood(error=NOT_UNDERSTOOD)


def test_two_jobs_are_asked_back_and_one_said_twice_is_not() -> None:
    assert understand("electrician or barista").ask_back == ("72200", "65201")
    assert understand("nurse (RN)").value == ["31301"]
    assert understand("bartender and server").ask_back == ("64301", "65200")


def test_a_word_that_changes_a_job_is_never_left_out_silently() -> None:
    for said in ["robot chef", "barista assistant", "ex-plumber", "chef equipment salesperson", "vice-bartender"]:
        assert understand(said).value is None, said


@given(st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=6, max_size=30))
def test_gibberish_is_never_taken_for_certain(said: str) -> None:
    named = {"".join(words_of(name)) for name, _ in every_name()} if len(said) < 8 else set()
    assert understand(said).value is None or said in named


@given(st.text(max_size=300) | st.text(alphabet=string.printable + "看護師바리스타éß-/'", max_size=300))
def test_any_text_gets_exactly_one_kind_of_answer(said: str) -> None:
    understood = understand(said)
    assert [understood.value is not None, bool(understood.ask_back), understood.error is not None].count(True) == 1
    assert set(groups_of(understood)) <= set(OCCUPATIONS.by_noc)
    assert len(understood.ask_back) <= 6


def test_a_message_of_telegrams_full_length_is_read() -> None:
    assert understand("barista " + "x" * 4088).ask_back[:1] == ("65201",)
    assert understand("ha" * 2048).error == NOT_UNDERSTOOD
