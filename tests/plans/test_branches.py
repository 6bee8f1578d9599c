"""What then: every branch can be told, leaves nobody without a step, and keeps the follower's own place in the draw."""

from dataclasses import replace

import pytest
from hypothesis import given

from flows.answer import Answer
from flows.conversation.branch_view import STEP, branch_words
from flows.conversation.naming import Naming
from flows.conversation.step_words import step_words
from flows.party import Party, Stage
from flows.plans.together import best_pool
from flows.routes.evaluate import evaluate
from tests.conversation.talk import ANA, Talk
from tests.conversation.test_codes import turn_of
from tests.routes.parties import FACTS, couples
from tests.routes.test_properties import many

AWAY_FROM_IT = {"job_lost", "no_job_found", "separation"}


@many
@given(couples())
def test_every_branch_can_be_told_and_gives_everybody_a_step(party: Party) -> None:
    answer = evaluate(party, FACTS)
    ids = [branch.id for branch in answer.branches]
    assert len(ids) == len(set(ids))
    for branch in answer.branches:
        assert {step.who for step in branch.steps} == set(branch.people)
        turn = turn_of([person.id for person in party.people], answer)
        turn._party = party
        for step in branch.steps:
            told_as_in_plans = step.code in STEP or step_words(turn, Naming(turn), branch, [step]) is not None
            assert told_as_in_plans, step
        assert list(branch_words(turn, Naming(turn), branch))


@many
@given(couples())
def test_the_follower_keeps_an_own_profile_wherever_there_is_a_pool(party: Party) -> None:
    answer: Answer = evaluate(party, FACTS)
    for branch in answer.branches:
        if branch.id.partition(":")[0] not in AWAY_FROM_IT:
            continue
        follower = branch.people[1]
        pool = best_pool(next(person for person in answer.people if person.id == follower))
        waits = party.person(follower).stage in (None, Stage.NONE, Stage.IN_POOL, Stage.IN_CANADA)
        own = [step for step in branch.steps if step.code in ("enter_pool", "stay_in_pool") and step.who == follower]
        assert bool(own) == (pool is not None and pool.citizenship is not None and waits), branch


@many
@given(couples())
def test_nothing_breaks_before_somebody_is_in_canada_or_holds_a_partners_permit(party: Party) -> None:
    abroad = replace(
        party, people=tuple(replace(person, stage=Stage.NONE, permit=None) for person in party.people)
    )  # fmt: skip
    assert not evaluate(abroad, FACTS).branches


IN_CANADA = ("/start", "I'm 30 and Irish, my husband is 38, from Chile", "Luis", "[Only me]", "[In Canada now]", "[Never]",
             "[IEC Working Holiday]", "1 Sept 2026 to 31 Aug 2028")  # fmt: skip


@pytest.mark.parametrize(
    ("work", "branch", "day"),
    [
        (
            ("[Only me]", "[Working in Canada]", "software developer", "[Not studying]"),
            "If your job falls away",
            "30 April 2027",
        ),
        (("[Neither of us]",), "If no job is found for you", "1 March 2027"),
    ],
)
def test_it_is_offered_by_a_button_once_it_matters(work: tuple[str, ...], branch: str, day: str) -> None:
    talk = Talk().say(*IN_CANADA, *work)
    assert talk.done
    talk.say("[What if plans change?]", f"[{branch}]")
    assert day in talk.text
    assert "What then" in talk.text
    assert "Sources" in talk.text or "checked" in talk.text, "where it is from"
    talk.say("[If we part ways]")
    assert "until 31 August 2028" in talk.text


def test_no_button_while_nobody_is_there() -> None:
    talk = Talk().say(
        "/start", "I'm 30 and Irish, my husband is 38, from Chile", "Luis", "[Neither of us]", "[Neither of us]"
    )
    assert not [label for label in talk.buttons[ANA] if label.startswith("What if")]
