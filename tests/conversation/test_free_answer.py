"""A free answer in the conversation: its words on a day, what it means for this party, and asking back."""

from datetime import date

import pytest

from bot.render.render import text_of
from flows.conversation.free_answer import free_answer_values, free_answer_words, personal_lines
from flows.facts.free_answer import Personal
from flows.party import Category, Job, JobState, Party, Permit, PermitKind, Person, Relationship, RelationshipKind, Stay
from flows.routes.evaluate import evaluate
from tests.conversation.talk import ANA, COUPLE, Talk, content

TODAY = date(2026, 11, 22)
ANSWERS = content().answers


def lines(
    use: Personal, *people: Person, relationships: tuple[Relationship, ...] = (), today: date = TODAY
) -> list[str]:
    """The personal lines of an answer that uses just this."""
    answer = next(answer for answer in ANSWERS.values() if use in answer.uses)
    only = answer.model_copy(update={"uses": (use,)})
    party = Party(today, people, relationships)
    found = personal_lines(
        only, party, evaluate(party, content().facts), content().facts, lambda person: person.title()
    )
    return [text_of(line, content().words, "en") for line in found]


def couple(since: date = date(2024, 1, 1)) -> tuple[Relationship, ...]:
    return (Relationship(("ana", "ben"), RelationshipKind.LIVING_TOGETHER, since),)


ANA_HOLDS = Person(
    "ana",
    born=date(1996, 5, 1),
    citizenships=("FR",),
    permit=Permit(PermitKind.WORKING_HOLIDAY, date(2026, 9, 1), date(2028, 8, 31)),
    job=Job(JobState.WORKING, "62020"),
)
BEN = Person("ben", born=date(1985, 5, 1), citizenships=("FR",))


def test_the_last_day_for_the_partner_is_said() -> None:
    (line,) = lines(Personal.PARTNER_WINDOW, ANA_HOLDS, BEN, relationships=couple())
    assert line == "• Ben, through Ana: the application must be received by 30 April 2027."


def test_a_last_day_that_is_past_is_not_said() -> None:
    assert lines(Personal.PARTNER_WINDOW, ANA_HOLDS, BEN, relationships=couple(), today=date(2027, 5, 1)) == []


def test_the_day_when_a_year_together_is_full() -> None:
    since = date(2026, 3, 15)
    (line,) = lines(Personal.TOGETHER_COMPLETE, ANA_HOLDS, BEN, relationships=couple(since))
    assert "15 March 2027" in line and "Ana" in line and "Ben" in line
    assert lines(Personal.TOGETHER_COMPLETE, ANA_HOLDS, BEN, relationships=couple(date(2025, 11, 22))) == []


def test_the_last_day_by_age() -> None:
    (line,) = lines(Personal.AGE_LAST_DAY, Person("ana", born=date(1991, 2, 3), citizenships=("FR",)))
    assert "Ana" in line and "2 February 2027" in line
    assert lines(Personal.AGE_LAST_DAY, BEN) == []


def test_the_end_of_the_wait_between_two_stays() -> None:
    """Spain asks for three months between two stays; both pools that are left wait for the same day, said once."""
    stay = Stay("ES", Category.WORKING_HOLIDAY, date(2025, 10, 1), date(2026, 11, 20))
    ana = Person("ana", born=date(2002, 2, 3), citizenships=("ES",), lives_in="ES", participations=(stay,))
    assert lines(Personal.WAIT_END, ana) == ["• Ana: the next stay is open from 20 February 2027."]
    assert lines(Personal.WAIT_END, ana, today=date(2027, 2, 20)) == []


@pytest.mark.parametrize(
    ("use", "given", "line"),
    [
        (Personal.ANSWER_BY, {"invited_on": date(2026, 11, 20)}, "accept or decline by 30 November 2026"),
        (Personal.ANSWER_BY, {"invited_on": date(2026, 11, 1)}, None),
        (Personal.ANSWER_BY, {"invited_on": date(2026, 11, 20), "accepted_on": date(2026, 11, 21)}, None),
        (Personal.APPLY_BY, {"accepted_on": date(2026, 11, 20)}, "must be in by 10 December 2026"),
        (Personal.APPLY_BY, {"accepted_on": date(2026, 11, 20), "applied_on": date(2026, 11, 22)}, None),
        (Personal.ENTER_BY, {"letter_valid_until": date(2027, 3, 1)}, "enter Canada by 1 March 2027"),
        (Personal.ENTER_BY, {"letter_valid_until": date(2026, 3, 1)}, None),
        (Personal.PASSPORT_CUT, {"passport_expires": date(2027, 8, 1)}, "the passport ends on 1 August 2027"),
        (Personal.INSURANCE_CUT, {"insurance_ends": date(2027, 8, 1)}, "the insurance ends on 1 August 2027"),
        (Personal.INSURANCE_CUT, {}, None),
    ],
)
def test_dates_of_ones_own_that_still_lie_ahead(use: Personal, given: dict[str, date], line: str | None) -> None:
    found = lines(use, Person("ana", born=date(1996, 5, 1), citizenships=("FR",), **given))  # type: ignore[arg-type]
    assert len(found) == (line is not None)
    assert all(str(line) in each for each in found)


def test_nothing_is_said_of_a_party_that_said_nothing() -> None:
    for use in Personal:
        assert lines(use, Person("ana"), Person("ben")) == []


def test_values_follow_the_day() -> None:
    """A fee that changes is another one on another day."""
    answer = ANSWERS["papers.fees"]
    fees = {free_answer_values(answer, content().facts, day)["fee_iec"] for day in (date(2025, 11, 1), TODAY)}
    assert len(fees) == 2


def test_only_the_first_paragraphs_are_open() -> None:
    words = free_answer_words(ANSWERS["partner.come_along"], content().facts, TODAY)
    assert [part.folded for part in words] == sorted(part.folded for part in words)
    assert not words[0].folded and words[-1].folded


def test_before_any_form_a_question_is_answered() -> None:
    talk = Talk().say("can my girlfriend come with me on my working holiday and work too?")
    assert "come_along" in _keys(talk)


def test_in_the_middle_of_the_interview_a_question_is_answered_and_the_interview_goes_on() -> None:
    talk = Talk().say(*COUPLE[:5])
    before = dict(talk.answers)
    asked = talk.session["members"][str(ANA)]["shown"]
    talk.say("do we need to show money for both of us?")
    assert "Source:" in talk.text
    assert talk.answers == before
    assert talk.session["members"][str(ANA)]["shown"] == asked
    talk.say("36")
    assert talk.answers != before


def test_what_is_not_clear_is_asked_back_and_a_button_answers() -> None:
    talk = Talk().say("/ask insurance?")
    labels = [button.label for _, rendered in talk.replies for row in rendered.buttons for button in row]
    assert len(labels) >= 3
    assert "Which of these" in talk.text
    talk.say(f"[{labels[0]}]")
    assert "Source:" in talk.text


def test_it_is_personal_once_the_party_is_known() -> None:
    talk = Talk().say(*COUPLE[:8], "1 September 2026", *COUPLE[9:])
    assert talk.done
    talk.say("/ask how long do we have to live together to be common law?")
    assert "For you" in talk.text
    assert "1 September 2027" in talk.text


def _keys(talk: Talk) -> str:
    return " ".join(part.key for view, _ in talk.replies for part in view.words)


def test_what_nothing_is_held_on_is_told_so_and_the_interview_goes_on() -> None:
    talk = Talk().say(*COUPLE[:5])
    before, asked = dict(talk.answers), talk.session["members"][str(ANA)]["shown"]
    for text in (
        "how cold is it in banff in january?",
        "how do i get a work visa for australia?",
        "/ask can i bring my dog",
    ):
        talk.say(text)
        assert "I don’t know that one" in talk.text, text
        assert "Source:" not in talk.text
        assert talk.answers == before
        assert talk.session["members"][str(ANA)]["shown"] == asked
