"""``python -m bot routes FILE``: the routes of each person, and the plans for all."""

import json
import sys
from datetime import date

from bot.party_input import load_party
from bot.rounds.keeping import ArchiveError
from bot.rounds.known import archived_figures
from bot.settings import SettingsError, read_settings
from flows.answer import Answer
from flows.answer_json import answer_json
from flows.odds.figures import round_figures
from flows.plans.holding import holdings_of
from flows.routes.evaluate import evaluate


def run_routes(file: str, *, as_json: bool, on: date | None) -> int:
    """Print the answer for the party in ``file``; 1 where the file or the content is wrong."""
    loaded = load_party(file, on)
    if loaded is None:
        return 1
    party, facts = loaded
    answer = evaluate(party, facts)
    if as_json:
        try:
            archived = archived_figures(read_settings().rounds_place, facts) if _holds_a_letter(answer) else ()
        except (SettingsError, ArchiveError) as error:
            print(error, file=sys.stderr)
            return 1
        holdings = holdings_of(party, answer, round_figures(facts, archived, party.as_of), facts)
        print(json.dumps(answer_json(answer, holdings), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_table(answer)))
    return 0


def _holds_a_letter(answer: Answer) -> bool:
    """Whether round figures have a say in the answer: only then is the archive opened."""
    return any(plan.id.startswith("hold_letter:") for plan in answer.plans)


def _table(answer: Answer) -> list[str]:
    """A plain table for people who work with codes; the conversation says it in words."""
    lines = [f"on {answer.as_of}, season {answer.season.year} {answer.season.state}"]
    for person in answer.people:
        lines.append(f"\n{person.id}  best: {person.best or '-'}")
        for route in person.routes:
            months = f"{route.permit_months} months" if route.permit_months else ""
            days = " ".join(
                f"{word} {day}" for word, day in (("from", route.from_), ("until", route.last_day)) if day is not None
            )
            needs = ", ".join(need.code + (f" by {need.by}" if need.by else "") for need in route.needs)
            lines.append(f"  {route.status.value:8}{route.id:36}{months:11}{days}  {needs}".rstrip())
    if answer.plans:
        lines.append("\nplans")
        lines += [f"  {plan.status.value:8}{plan.id}" for plan in answer.plans]
    for question in answer.next_questions:
        about = "+".join(question.pair) if question.pair else question.person
        lines.append(f"open: {question.question} ({about})")
    return lines
