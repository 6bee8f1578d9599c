"""What then: a branch of the plan, with what is not lost first, then the steps with their days."""

from collections.abc import Iterator

from flows.answer import Plan, Step
from flows.conversation.naming import Naming
from flows.conversation.routes_view import back
from flows.conversation.seeing import seen_answer
from flows.conversation.step_words import step_words
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Link, Slot, Words
from flows.message import Family, Message
from flows.plans.branches import RESTS_ON
from flows.routes.worker import CATEGORY_KINDS

KINDS = ("job_lost", "no_job_found", "separation", "renewal")
AT_ONE_EMPLOYER = "job_lost_at_one_employer"
NOT_OF_IEC = "renewal_not_of_iec"
LABEL = Family("choice.branch", KINDS)
LABEL_OF = Family("choice.branch_of", KINDS, "one", "whose")
SEVERAL = Message("choice.branch_several")
WHICH = Message("branch.which")
NONE = Message("branch.none")
TITLE = Family("branch.title", KINDS, "one", "other", "whose")
CALM = Family("branch.calm", (*KINDS, AT_ONE_EMPLOYER, NOT_OF_IEC), "one", "other", "whose")
STEPS = Message("branch.steps", "lines")
LINE = Message("step.numbered", "number", "what")
LINE_FOR = Message("step.numbered_for", "number", "who", "what")
STEP_CODES = (
    "work_on", "find_job_for_renewal", "find_job_before_decision", "extend_visit", "apply_again", "widen_search",
    "get_longer_permit", "own_status_before_end",
    "new_permit_for_employer", "partner_application_falls", "nothing_changes", "renew_as_partner",
    "other_permit_before_end", "visitor_record",
)  # fmt: skip
STEP = Family("branch.step", STEP_CODES, "days")
DATED = ("work_on", "find_job_before_decision", "apply_again", "widen_search", "own_status_before_end", "nothing_changes",
         "renew_as_partner", "other_permit_before_end", "visitor_record")  # fmt: skip
STEP_BY = Family("branch.step_by", DATED, "day", "days")
STEP_FROM = Family("branch.step_from", ("get_longer_permit", "widen_search"), "day", "days")
STEP_BETWEEN = Family("branch.step_between", ("widen_search",), "first", "last")
SOURCE = Message("free.source", "link", "day")


def branch_button(turn: Turn) -> tuple[Choice, ...]:
    """The button, named after the branch where there is but one; none while nothing can break yet."""
    branches = seen_answer(turn).branches
    if not branches:
        return ()
    label = LABEL(_kind(branches[0])) if len(branches) == 1 else SEVERAL()
    return (turn.choice(label, "c", "then"),)


def show_branch(turn: Turn, details: str = "") -> None:
    """The branch that was chosen; where there are several and none was, which they are."""
    branches = {branch.id: branch for branch in seen_answer(turn).branches}
    chosen = branches.get(details.replace(".", ":")) or (next(iter(branches.values())) if len(branches) == 1 else None)
    if not branches:
        turn.show(NONE(), choices=((back(turn),),))
        return
    naming = Naming(turn)
    if chosen is None:
        rows = tuple((_choice(turn, naming, branch),) for branch in branches.values())
        turn.show(WHICH(), slot=Slot.CARD, choices=(*rows, (back(turn),)))
        return
    others = tuple((_choice(turn, naming, branch),) for branch in branches.values() if branch is not chosen)
    turn.show(*branch_words(turn, naming, chosen), slot=Slot.CARD, choices=(*others, (back(turn),)))


def branch_words(turn: Turn, naming: Naming, branch: Plan) -> Iterator[Words]:
    """The branch as paragraphs: what it is about and what stays, the steps, and, folded, where the rules are from."""
    one, other, kind = branch.people[0], branch.people[-1], _kind(branch)
    named = {"one": naming.inside(one), "other": naming.inside(other), "whose": naming.whose(one)}
    yield TITLE(kind, **named)
    yield CALM(_calm(turn, branch), **named)
    yield STEPS(lines=Lines(tuple(_lines(turn, naming, branch))))
    facts = turn.content.facts
    for page, fact in {
        facts.value(name, turn.today).source: facts.value(name, turn.today) for name in RESTS_ON[kind]
    }.items():
        source = facts.sources[page]
        yield SOURCE.folded(link=Link(source.title, source.url), day=fact.checked_on)


def _calm(turn: Turn, branch: Plan) -> str:
    """What stays: told apart for a permit that names its employer, and for one that is not of IEC and can be asked for again."""
    if any(step.code == "new_permit_for_employer" for step in branch.steps):
        return AT_ONE_EMPLOYER
    permit = turn.party.person(branch.people[0]).permit
    of_iec = permit is None or permit.kind in CATEGORY_KINDS
    return NOT_OF_IEC if _kind(branch) == "renewal" and not of_iec else _kind(branch)


def _choice(turn: Turn, naming: Naming, branch: Plan) -> Choice:
    one = branch.people[0]
    label = LABEL_OF(_kind(branch), one=naming.inside(one), whose=naming.whose(one))
    return turn.choice(label, "c", "then", branch.id.replace(":", "."))


def _lines(turn: Turn, naming: Naming, branch: Plan) -> Iterator[Words]:
    said = [(step.who, what) for step in branch.steps if (what := _step(turn, naming, branch, step)) is not None]
    for number, (who, what) in enumerate(said, start=1):
        if len(turn.people) == 1:
            yield LINE(number=number, what=what)
        else:
            yield LINE_FOR(number=number, who=[naming.start(who)], what=what)


def _step(turn: Turn, naming: Naming, branch: Plan, step: Step) -> Words | None:
    days = int(str(turn.content.facts.value("visitor.extend_days_before", turn.today).value))
    first = step.not_before if step.not_before is not None and step.not_before > turn.today else None
    if step.code not in STEP:  # a step that other plans have as well
        return step_words(turn, naming, branch, [step])
    if first is not None and step.not_after is not None and step.code in STEP_BETWEEN:
        return STEP_BETWEEN(step.code, first=first, last=step.not_after)
    if step.not_after is not None and step.code in STEP_BY:
        return STEP_BY(step.code, day=step.not_after, days=days)
    if first is not None and step.code in STEP_FROM:
        return STEP_FROM(step.code, day=first, days=days)
    return STEP(step.code, days=days)


def _kind(branch: Plan) -> str:
    return branch.id.partition(":")[0]
