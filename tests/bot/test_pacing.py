"""Messages never go faster than allowed, in any stretch of time, whatever the order of wishes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import Pacing, paces_for
from bot.transport import Flood


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def sent_at(wishes: list[tuple[int, float]], processes: int = 1) -> list[tuple[int, float]]:
    """When each message goes out, if everyone waits as told: one after the other, as a chat's lane does. ``processes``
    share the pace, this one included."""
    clock = Clock()
    pacing = Pacing(clock=clock)
    pacing.shared_by(processes)
    times = []
    for chat, later in wishes:
        clock.now += later
        clock.now += pacing.wait_for_chat(chat)
        clock.now += pacing.wait_for_all()
        times.append((chat, clock.now))
    return times


def most_within(times: list[float], seconds: float) -> int:
    return max((sum(start <= other < start + seconds - 1e-6 for other in times) for start in times), default=0)


WISHES = st.lists(
    st.tuples(st.sampled_from([-1, -2, 7, 8]), st.sampled_from([0.0, 0.0, 0.0, 0.1, 3.0, 20.0])), max_size=120
)


@given(wishes=WISHES)
def test_no_limit_is_ever_passed(wishes: list[tuple[int, float]]) -> None:
    times = sent_at(wishes)
    assert most_within([at for _, at in times], 1) <= 30
    for group in (-1, -2):
        assert most_within([at for chat, at in times if chat == group], 60) <= 20
    for person in (7, 8):
        assert most_within([at for chat, at in times if chat == person], 30) <= 35, "bursts of five over 1 a second"


@given(wishes=st.lists(WISHES, min_size=2, max_size=6))
def test_processes_that_share_the_pace_keep_to_it_together(wishes: list[list[tuple[int, float]]]) -> None:
    times = [sent for each in wishes for sent in sent_at(each, len(wishes))]
    assert most_within([at for _, at in times], 1) <= 30
    for group in (-1, -2):
        assert most_within([at for chat, at in times if chat == group], 60) <= 20


def test_who_is_left_alone_has_the_whole_pace_again() -> None:
    pacing, alone = Pacing(clock=Clock()), Pacing(clock=Clock())
    pacing.shared_by(4)
    pacing.shared_by(1)
    assert [pacing.wait_for_all() for _ in range(40)] == [alone.wait_for_all() for _ in range(40)]


def test_a_single_reply_never_waits() -> None:
    assert sent_at([(7, 0.0), (8, 0.0), (-1, 0.0)]) == [(7, 1000.0), (8, 1000.0), (-1, 1000.0)]


def test_silence_asked_for_in_two_chats_is_meant_for_all() -> None:
    clock = Clock()
    pacing = Pacing(clock=clock)
    pacing.flooded(7, Flood(5))
    assert pacing.wait_for_all() == 0
    pacing.flooded(8, Flood(9))
    assert pacing.wait_for_all() == 9
    clock.now += 9
    assert pacing.wait_for_all() <= 0


def test_what_the_messenger_allows_beyond_the_usual_is_used() -> None:
    pacing = Pacing(paces_for(600), clock=Clock())
    assert sum(pacing.wait_for_chat(7) for _ in range(100)) == 0
