"""Once somebody was drawn: what each does now and by when, and whether to accept, to hold or to let go."""

from collections.abc import Iterator, Sequence
from datetime import date

from flows.answer import Plan, Route
from flows.conversation.naming import Naming
from flows.conversation.route_words import POOL
from flows.conversation.seeing import seen_in_full
from flows.conversation.turn import Turn
from flows.conversation.view import Country, Lines, Words
from flows.message import Family, Message
from flows.odds.figures import round_figures
from flows.odds.telling import range_words
from flows.plans.holding import Holding, Until
from flows.plans.moves import Move, MoveCode, moves_of, somebody_was_drawn
from flows.plans.weighing import Verdict, Weighing, weigh

NOW = Message("drawn.now", "lines")
LINE = Message("drawn.line", "what")
LINE_OF = Message("drawn.line_of", "who", "what")
MOVE = Family("drawn.move", tuple(MoveCode), "day", "days", "other", "whose")
WITH_DAY = (MoveCode.ANSWER, MoveCode.BECOME_A_COUPLE, MoveCode.FOLLOW, MoveCode.ENTER)
MOVE_BY = Family("drawn.move_by", WITH_DAY, "day", "days", "other", "whose")
FOLLOW_FROM = Message("drawn.follow_from", "day", "whose")
FOLLOW_BETWEEN = Message("drawn.follow_between", "first", "last", "whose")
MINUTE = Message("drawn.minute")
WEIGHED = Message("drawn.weighed", "lines")
OPEN = Family("drawn.open", tuple(Verdict), "other", "whose", "day")
GOING = Family("drawn.going", [verdict for verdict in Verdict if verdict is not Verdict.LETTER_TOO_EARLY], "other")
LETTER = Family("drawn.letter", tuple(Until), "whose", "day")
DRAWN_BY = Message("drawn.drawn_by", "whose", "day")
TOO_SHORT = Message("drawn.too_short", "other")
CHANCE = Message("drawn.chance", "other", "chance", "day")
CHANCE_PAST = Message("drawn.chance_past", "other", "chance", "season")
CHANCE_UNKNOWN = Message("drawn.chance_unknown", "pool")
A_NO = Message("drawn.a_no")
A_NO_UNTIL = Message("drawn.a_no_until", "day")
A_NO_NEXT = Message("drawn.a_no_next")
A_NO_NEXT_UNTIL = Message("drawn.a_no_next_until", "day")
A_NO_AT_THIS_AGE = Message("drawn.a_no_at_this_age")
A_NO_IS_LAST = Message("drawn.a_no_is_last")
UNUSED = Message("drawn.unused")
BIRTHDAY = Message("drawn.birthday", "whose", "day")

TOLD_HERE = frozenset({"answer_invitation", "enter_pool", "stay_in_pool", "await_decision", "arrive"})
"""Steps of a plan that stand among what each does now."""
WAITED_FOR = (Verdict.ACCEPT_AND_HOLD, Verdict.ACCEPT_BOTH_WAYS, Verdict.LETTER_TOO_EARLY)
CLOCKED = (MoveCode.ANSWER, MoveCode.ANSWER_TODAY, MoveCode.SUBMIT)


def drawn_words(turn: Turn, naming: Naming) -> Iterator[Words]:
    """What each does now, then yes or no; nothing as long as nobody whom the reader sees in full was drawn."""
    party, answer = seen_in_full(turn)
    if not somebody_was_drawn(party):
        return
    moves = moves_of(party, answer, turn.content.facts)
    yield NOW(lines=Lines(tuple(move_words(turn, naming, move) for move in moves)))
    yield from weighed_words(turn, naming)
    if any(move.code in CLOCKED for move in moves):
        yield MINUTE()


def weighed_words(turn: Turn, naming: Naming) -> Iterator[Words]:
    """Whether to accept, to hold or to let go: for each couple once, and for whoever goes without a partner."""
    party, answer = seen_in_full(turn)
    figures = round_figures(turn.content.facts, turn.content.archived, turn.today)
    told: dict[frozenset[str], list[Words]] = {}
    for weighing in weigh(party, answer, figures, turn.content.facts):
        pair = frozenset({weighing.who, weighing.other or weighing.who})
        if pair not in told:
            told[pair] = list(_weighed(naming, weighing))
        elif weighing.holding is not None:  # drawn both: of the second only how long the letter lasts
            told[pair] += _letter(naming, weighing, weighing.holding)
    for lines in told.values():
        if lines:
            yield WEIGHED(lines=Lines(tuple(LINE(what=line) for line in lines)))


def after_that(turn: Turn, plan: Plan) -> Plan | None:
    """The plan without the steps that are told as what each does now; None where nothing is left of it."""
    if not somebody_was_drawn(seen_in_full(turn)[0]):
        return plan
    steps = tuple(step for step in plan.steps if step.code not in TOLD_HERE)
    return Plan(plan.id, plan.status, plan.people, steps, plan.needs, plan.caveats) if steps else None


def move_words(turn: Turn, naming: Naming, move: Move) -> Words:
    """One thing to do, with whose it is where there are several people."""
    other = naming.inside(move.through) if move.through is not None else ""
    whose = naming.whose(move.through) if move.through is not None else ""
    day = move.from_ if move.code is MoveCode.ENTER_POOL_ON else move.by
    if move.code is MoveCode.FOLLOW and move.from_ is not None and move.from_ > turn.today:
        first, last = move.from_, move.by
        what = FOLLOW_BETWEEN(first=first, last=last, whose=whose) if last else FOLLOW_FROM(day=first, whose=whose)
    else:
        family = MOVE_BY if day is not None and move.code in MOVE_BY else MOVE
        what = family(move.code, day=day or "", days=_answer_days(turn), other=other, whose=whose)
    return LINE_OF(who=naming.start(move.who), what=what) if len(turn.people) > 1 else LINE(what=what)


def _weighed(naming: Naming, weighing: Weighing) -> Iterator[Words]:
    verdict, holding = weighing.verdict, weighing.holding
    other = naming.inside(weighing.other) if weighing.other is not None else ""
    until: date | str = weighing.until or ""
    if weighing.open:
        yield OPEN(verdict, other=other, whose=naming.whose(weighing.who), day=until)
    elif weighing.verdict in GOING and weighing.other is not None:
        yield GOING(verdict, other=other)
    if holding is not None:
        yield from _letter(naming, weighing, holding)
    if weighing.open:
        yield from _a_no(weighing)
    if holding is not None and verdict in WAITED_FOR:
        yield UNUSED()
    if weighing.birthday_passed is not None:
        yield BIRTHDAY(whose=naming.whose(weighing.who), day=weighing.birthday_passed)


def _letter(naming: Naming, weighing: Weighing, holding: Holding) -> Iterator[Words]:
    if holding.until is None or holding.basis is None:
        return
    yield LETTER(holding.basis, whose=naming.whose(weighing.who), day=holding.until)
    if weighing.verdict not in WAITED_FOR or weighing.other is None:
        return
    other = naming.inside(weighing.other)
    if holding.drawn_by is None:
        yield TOO_SHORT(other=other)
        return
    yield DRAWN_BY(whose=naming.whose(weighing.other), day=holding.drawn_by)
    if holding.chance is not None:
        yield CHANCE(other=other, chance=range_words(holding.chance), day=holding.drawn_by)
    elif holding.past_round is not None:
        yield CHANCE_PAST(other=other, chance=range_words(holding.past_round), season=str(holding.past_season))
    elif holding.pool is not None:
        pool = holding.pool
        yield CHANCE_UNKNOWN(pool=POOL(Route(pool.category.value), country=Country(pool.citizenship)))


def _a_no(weighing: Weighing) -> Iterator[Words]:
    if weighing.never_again:
        yield A_NO_IS_LAST()
    elif weighing.age_ends:
        yield A_NO_AT_THIS_AGE()
    elif weighing.again_until is not None:
        yield (A_NO_NEXT_UNTIL if weighing.next_season else A_NO_UNTIL)(day=weighing.again_until)
    else:
        yield A_NO_NEXT() if weighing.next_season else A_NO()


def _answer_days(turn: Turn) -> int:
    return int(str(turn.content.facts.value("invitation.answer_days", turn.today).value))


def own_moves(turn: Turn, naming: Naming, person: str) -> Sequence[Words]:
    """What one person does now, as far as the reader of ``turn`` may know it."""
    party, answer = seen_in_full(turn)
    moves = [move for move in moves_of(party, answer, turn.content.facts) if move.who == person]
    return [move_words(turn, naming, move) for move in moves]
