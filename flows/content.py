"""Everything that ``content/`` holds, as one checked object: what is true and what is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.facts.checklist import ChecklistItem, load_checklists
from flows.facts.content import Facts, load_facts
from flows.facts.free_answer import FreeAnswers, load_free_answers
from flows.facts.reminder_rules import ReminderRules, TimeZones, load_reminder_rules, load_time_zones
from flows.facts.yaml_file import ContentError
from flows.odds.round import PoolFigures
from flows.understanding.ask import AskIndex
from flows.understanding.topics import ELSEWHERE, known_topics
from flows.words import REFERENCE, WordBook, load_words


@dataclass(frozen=True)
class Content:
    """Facts, words, checklists, the answers to free questions and when to remind of what, loaded once at start.

    ``asking`` finds the answer to a question. ``archived`` are round figures that were fetched since, if any are kept.
    ``kept_days`` is after how many days without a change what people said is deleted; None where nothing is deleted by
    itself.
    """

    facts: Facts
    words: WordBook
    checklists: tuple[ChecklistItem, ...]
    answers: FreeAnswers
    asking: AskIndex
    reminders: ReminderRules
    time_zones: TimeZones
    archived: tuple[PoolFigures, ...] = ()
    kept_days: int | None = None


def load_content(root: Path) -> Content:
    """Read and check all content below ``root``; ContentError names every problem with its file."""
    # The messages that the code says are declared where they are said: all of it must be there before the check.
    import flows.conversation.step  # noqa: F401

    facts = load_facts(root)
    checklists = load_checklists(root)
    answers = load_free_answers(root, facts.sources)
    keys = message_keys(facts) | {item.key: f"checklists/{item.item}" for item in checklists}
    keys |= {key: f"answers/{answer.id}" for answer in answers.values() for key in answer.message_keys()}
    keys |= {f"{ELSEWHERE}.{topic}": f"understanding/{ELSEWHERE}" for topic in known_topics()}
    words = load_words(root, keys)
    problems = list(_checklist_problems(root, checklists, facts, words))
    if problems:
        raise ContentError(problems)
    rules, zones = load_reminder_rules(root), load_time_zones(root)
    return Content(facts, words, checklists, answers, AskIndex(answers), rules, zones)


def message_keys(facts: Facts) -> dict[str, str]:
    """Every message key that a fact refers to, with the name of the fact."""
    keys: dict[str, str] = {}
    for name, fact in facts.every_fact():
        keys |= dict.fromkeys(fact.doubts, name)
        told = getattr(fact, "told", None)
        if told:
            keys[told] = name
    for code, country in facts.countries.items():
        told_of = [country.note, country.recognized_organizations_told]
        pools = [pool for terms in country.versions for pool in terms.categories.values()]
        told_of += [key for pool in pools for key in (*pool.told, *pool.doubts)]
        keys |= {key: f"countries/{code.lower()}" for key in told_of if key}
    for rule in facts.partner_permit.versions:
        keys |= {listing.doubt: f"partner_permit/{rule.id}" for listing in rule.occupations.listed if listing.doubt}
    return keys


def _checklist_problems(
    root: Path, checklists: tuple[ChecklistItem, ...], facts: Facts, words: WordBook
) -> Iterator[str]:
    for item in checklists:
        for value_id in item.values.values():
            if value_id not in facts.values:
                yield f"{root / 'checklists.yaml'}: {item.item}: there is no value {value_id}; correct its id"
        wanted = words.languages[REFERENCE].messages[item.key].placeholders
        if wanted != set(item.values):
            yield (
                f"{root / 'checklists.yaml'}: {item.item}: gives {sorted(item.values)}, its message {item.key} takes "
                f"{sorted(wanted)}; make them the same"
            )
