"""The answer as people read it: the news first, then each person, the plan, what else is open, and, folded, why."""

from collections.abc import Iterator, Sequence

from flows.answer import PersonAnswer, Plan, Route, RouteAnswer, Status
from flows.conversation.arrival_words import arrival_words
from flows.conversation.branch_view import branch_button
from flows.conversation.compare_view import has_choice
from flows.conversation.drawn_words import after_that, drawn_words
from flows.conversation.following_view import follow_choice
from flows.conversation.group_sharing import partner_row
from flows.conversation.headline import headline
from flows.conversation.naming import Naming
from flows.conversation.news_button import news_button
from flows.conversation.people_words import best_of, details, people_words
from flows.conversation.roots_view import roots_buttons, roots_words
from flows.conversation.route_words import CATEGORY_ROUTES, FALLBACKS, comes_too_late, way
from flows.conversation.seeing import Shows, seen_answer, shown_of
from flows.conversation.step_words import steps_of
from flows.conversation.topics import topic_buttons
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Period, Slot, Words
from flows.conversation.why_words import why_words
from flows.message import Family, Message
from flows.plans.moves import IN_HAND, somebody_was_drawn

KINDS = (
    "each_in_own_pool", "lead_and_follow", "study_and_follow", "hold_letter", "land_together", "separate_routes", "switch_permit",
    "visit_meanwhile", "wait",
)  # fmt: skip
TITLE = Family("plan.title", KINDS, "one", "other")
IN_SHORT = Family("plan.in_short", KINDS, "one", "other", "whose")
COUPLE_FIRST = Family("plan.couple_first", ("lead_and_follow", "land_together"), "one", "other", "whose")
PLAN = Message("answer.plan", "title", "steps")
NOW = Message("answer.now", "steps")
OTHER_PLANS = Message("answer.other_plans", "lines")
IF_ONE_IS_DRAWN = Message("answer.if_one_is_drawn", "lines")
SPONSOR = Message("step.plain.sponsor")
ALSO_OPEN = Message("answer.also_open", "lines")
OPENS_LATER = Message("answer.opens_later", "lines")
POINT = Message("answer.point", "what")
WAY_OF = Message("answer.way_of", "who", "way")
WAY_AND_NEEDS = Message("answer.way_and_needs", "way", "needs")
TAKE_CARE = Message("answer.take_care", "lines")
SEASON = Family("answer.season", ("closed", "not_announced"), "period")
SEASON_ANNOUNCED = Message("answer.season.announced", "opens")
DISCLAIMER = Message("answer.disclaimer")
BUTTON = Family(
    "choice.command",
    ("why", "routes", "whatif", "compare", "odds", "dates", "checklist", "edit", "invite", "share"),
)

TRYING = Message("whatif.trying")
KEEP = Message("choice.whatif.keep")
UNDO = Message("choice.whatif.undo")

IN_A_LINE = ("lead_and_follow", "study_and_follow", "land_together", "hold_letter", "visit_meanwhile", "switch_permit")
IN_FULL = 3
MOST_POINTS = 5


def show_answer(turn: Turn, *before: Words) -> None:
    """Show the whole answer on the card."""
    if turn.member.get("trial"):
        keep, undo = turn.choice(KEEP(), "t", "keep"), turn.choice(UNDO(), "t", "undo")
        turn.show(TRYING(), *before, *answer_words(turn), slot=Slot.CARD, choices=((keep, undo), *_buttons(turn)))
        return
    turn.show(*before, *answer_words(turn), slot=Slot.CARD, choices=_buttons(turn))


def answer_words(turn: Turn, naming: Naming | None = None) -> tuple[Words, ...]:
    """The paragraphs of the answer, as far as the reader may see it; ``naming`` is by default the reader's own."""
    naming = naming or Naming(turn)
    answer = seen_answer(turn)
    seen, plans = answer.people, answer.plans
    words = [headline(turn, naming, seen), *drawn_words(turn, naming), *arrival_words(turn, naming, seen)]
    words += people_words(turn, naming)
    words += _plan(turn, naming, seen, plans)
    words += _care(turn, seen, plans)
    if len(seen) <= IN_FULL:
        words += _other_ways(turn, naming, seen, plans)
    words += roots_words(turn, naming)
    words += _season(turn, seen, plans)
    if len(seen) <= IN_FULL:
        words += why_words(turn, naming, seen, in_full=False)
    return (*words, DISCLAIMER())


def kind_of(plan: Plan) -> str:
    """The kind of a plan: what stands before the people in its id."""
    return plan.id.partition(":")[0]


def _plan(turn: Turn, naming: Naming, seen: Sequence[PersonAnswer], plans: Sequence[Plan]) -> Iterator[Words]:
    """The best plan with its steps, and the others in a line each."""
    sponsored = any(best is not None and best.route is Route.CANADIAN_PARTNER for best in map(best_of, seen))
    plans = [plan for plan in plans if not (sponsored and kind_of(plan) == "separate_routes")]
    if sponsored:
        yield NOW(steps=Lines((POINT(what=SPONSOR()),)))
    if not plans:
        return
    best, own_pools = after_that(turn, plans[0]), kind_of(plans[0]) == "each_in_own_pool"
    steps = steps_of(turn, naming, best) if best is not None else Lines(())
    if best is not None and steps.lines and len(turn.people) > 1:
        yield PLAN(title=_title(naming, best), steps=steps)
    elif steps.lines:
        yield NOW(steps=steps)
    drawn = somebody_was_drawn(turn.party)
    others = [plan for plan in _worth_a_line(plans) if not (drawn and kind_of(plan) == "hold_letter")]
    lines = [POINT(what=_in_short(naming, plan)) for plan in others]
    if lines:
        yield (IF_ONE_IS_DRAWN if own_pools and not drawn else OTHER_PLANS)(lines=Lines(tuple(lines[:MOST_POINTS])))


def _worth_a_line(plans: Sequence[Plan]) -> Iterator[Plan]:
    """The other plans, one of a kind. Who could not be followed is told where both are in their own pools, or nobody can."""
    in_pools = kind_of(plans[0]) == "each_in_own_pool"
    follows = any(kind_of(plan) == "lead_and_follow" for plan in plans)
    told = {kind_of(plans[0])}
    for plan in plans[1:]:
        kind = kind_of(plan)
        if kind in told or kind not in IN_A_LINE or (kind == "switch_permit" and follows and not in_pools):
            continue
        if kind != "lead_and_follow" or not in_pools:
            told.add(kind)
        yield plan


def _title(naming: Naming, plan: Plan) -> Words:
    one, other = plan.people[0], plan.people[-1]
    return TITLE(kind_of(plan), one=naming.inside(one), other=naming.inside(other))


def _in_short(naming: Naming, plan: Plan) -> Words:
    one, other = plan.people[0], plan.people[-1]
    act = any(step.code == "become_a_couple" for step in plan.steps)
    family = COUPLE_FIRST if act and kind_of(plan) in COUPLE_FIRST else IN_SHORT
    return family(kind_of(plan), one=naming.inside(one), other=naming.inside(other), whose=naming.whose(one))


def _care(turn: Turn, seen: Sequence[PersonAnswer], plans: Sequence[Plan]) -> Iterator[Words]:
    """What to watch out for with the ways and the plan that are shown."""
    keys: list[str] = []
    for person in seen:
        best = best_of(person)
        if best is not None and shown_of(turn, person.id) is Shows.REASON:
            keys += best.caveats
    if plans:
        keys += plans[0].caveats
    if any(turn.party.person(person.id).children for person in seen):
        keys.append("caveats.children_along")
    told = dict.fromkeys(key if "." in key else f"caveats.{key}" for key in keys if not key.startswith("doubts."))
    lines = tuple(POINT(what=Words(key)) for key in told if key in turn.content.words)
    if lines:
        yield TAKE_CARE(lines=Lines(lines))


def _other_ways(turn: Turn, naming: Naming, seen: Sequence[PersonAnswer], plans: Sequence[Plan]) -> Iterator[Words]:
    """Ways besides the best: open ones, and those that a date or an act would open."""
    open_now: list[Words] = []
    later: list[Words] = []
    for person in seen:
        best = best_of(person)
        for route in person.routes:
            if route is best or not _is_told(turn, person, route, best):
                continue
            (open_now if route.status is Status.YES else later).append(_point(turn, naming, person, route))
    if open_now:
        yield ALSO_OPEN(lines=Lines(tuple(open_now[:MOST_POINTS])))
    if later:
        yield OPENS_LATER(lines=Lines(tuple(later[:MOST_POINTS])))


def _is_told(turn: Turn, person: PersonAnswer, route: RouteAnswer, best: RouteAnswer | None) -> bool:
    """Fallbacks are told to those who have nothing better; what is closed is told under why."""
    if route.status is Status.NO:
        return False
    late = best is not None and comes_too_late(best)
    if best is not None and best.status is Status.YES and len(route.needs) > 1 and not late:
        return False
    return route.route not in FALLBACKS or best is None or best.route in FALLBACKS or late


def _point(turn: Turn, naming: Naming, person: PersonAnswer, route: RouteAnswer) -> Words:
    what = way(naming, person.id, route)
    told = route.status is not Status.YES and shown_of(turn, person.id) is Shows.REASON
    needs = next(iter(details(turn, naming, person.id, route)), None) if told else None
    if needs is not None:
        what = WAY_AND_NEEDS(way=what, needs=needs)
    return POINT(what=WAY_OF(who=naming.start(person.id), way=what) if len(turn.people) > 1 else what)


def _season(turn: Turn, seen: Sequence[PersonAnswer], plans: Sequence[Plan]) -> Iterator[Words]:
    """When the pools open, for those who have one and are not told with a step of the plan."""
    pools = any(
        route.route in CATEGORY_ROUTES and route.status in (Status.YES, Status.LATER)
        for person in seen
        if turn.party.person(person.id).stage not in IN_HAND
        for route in person.routes
    )
    told = plans and any(step.code == "enter_pool" and step.not_before for step in plans[0].steps)
    season = turn.answer.season
    if not pools or told or season.state == "open" or season.opens_from is None or season.opens_to is None:
        return
    if season.basis == "announced":
        yield SEASON_ANNOUNCED(opens=season.opens_from)
    else:
        code = "closed" if season.state == "closed" else "not_announced"
        yield SEASON(code, period=Period(season.opens_from, season.opens_to))


def _buttons(turn: Turn) -> tuple[tuple[Choice, ...], ...]:
    def button(command: str) -> Choice:
        return turn.choice(BUTTON(command), "c", command)

    rows: list[tuple[Choice, ...]] = [
        news_button(turn),
        branch_button(turn),
        *roots_buttons(turn, Naming(turn)),
        *topic_buttons(turn),
        (button("whatif"), button("odds")),
        (button("dates"), button("checklist")),
        (button("routes"), button("why")),
        (button("compare"), button("edit")) if has_choice(turn) else (button("edit"),),
    ]
    others = [person for person in turn.people if person != turn.me]
    if others and any(turn.user_of(person) is None for person in others):
        rows.append((button("invite"),))
    rows += [(button("share"),), follow_choice(turn)]
    return tuple(row for row in (*rows, partner_row(turn)) if row)
