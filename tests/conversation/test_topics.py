"""Not only IEC: a Canadian partner, studies, children along - each gets a pointer with its condition, and more to read."""

import pytest

from flows.conversation.topics import TOPICS
from tests.conversation.talk import ANA, SINGLE, Talk, content


def test_every_topic_is_an_answer_that_there_is() -> None:
    assert set(TOPICS) <= set(content().answers)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("/start", "I'm 38 from Brazil, my wife is Canadian, 34", "Eva", "[None of these]"), "permit of up to two years"),
        (("/start", "I'm 29 from India, my husband is 31, from India", "Raj", "[Only me]", "[In Canada now]", "[Study permit]",
          "[Neither of us]"), "only some courses count"),
    ],
)  # fmt: skip
def test_the_pointer_names_its_condition_and_leads_to_more(said: tuple[str, ...], told: str) -> None:
    talk = Talk().say(*said)
    assert talk.done
    assert told in talk.text
    more = [label for label, press in talk.buttons[ANA].items() if press.partition(":c:ask:")[2] in TOPICS]
    assert more
    talk.say(f"[{more[0]}]")
    assert talk.text


def test_the_one_who_studies_is_never_told_to_leave_it_for_something_else() -> None:
    talk = Talk().say("/start", "I'm 29 from India, my husband is 31, from India", "Raj", "[Only me]", "[In Canada now]",
                      "[Study permit]", "[Neither of us]")  # fmt: skip
    assert "The study permit that is running" in talk.text
    assert "too short" not in talk.text
    assert "can go with IEC" not in talk.text


def test_children_do_not_forbid_going_and_nobody_without_any_hears_of_them() -> None:
    talk = Talk().say(*SINGLE)
    assert "Children" not in talk.text
    talk.say("/edit", "[More details]", "[Children come along]", "[Two]")
    assert "Children may come along" in talk.text
