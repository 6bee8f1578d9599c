"""``python -m bot calendar FILE``: the party's dates as a calendar file on standard output."""

import sys
from datetime import UTC, date, datetime
from functools import partial

from bot.calendar_file import calendar_file
from bot.party_input import load_party
from bot.render.render import text_of
from flows.facts.content import CONTENT_ROOT
from flows.facts.yaml_file import ContentError
from flows.routes.evaluate import evaluate
from flows.timeline import dates_of
from flows.words import REFERENCE, load_words


def run_calendar(file: str, on: date | None) -> int:
    """Print the calendar file; 1 where the party file or the content is wrong.

    Entries are told apart by the ids of the people, so that the file of the same party updates an earlier one."""
    loaded = load_party(file, on)
    if loaded is None:
        return 1
    party, facts = loaded
    try:
        words = load_words(CONTENT_ROOT)
    except ContentError as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    made = calendar_file(
        dates_of(party, evaluate(party, facts), facts),
        "+".join(person.id for person in party.people),
        lambda person_id: party.person(person_id).name or person_id,
        partial(text_of, words=words, language=REFERENCE),
        datetime.now(UTC),
    )
    sys.stdout.buffer.write(made)
    return 0
