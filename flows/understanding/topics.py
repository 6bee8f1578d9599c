"""What people ask that nothing is held on, by topic: how they ask it, from ``content/understanding/elsewhere.yaml``."""

from collections.abc import Mapping

from flows.facts.free_answer import Phrasings
from flows.facts.record import Strict
from flows.understanding.lexicon import Language, read_words

ELSEWHERE = "elsewhere"  # the file of what is said on each, and what the ids of topics begin with

Topics = Mapping[str, Mapping[Language, Phrasings]]


class TopicWords(Strict):
    """The topics by name, each with ways of asking by language; ``urgent`` ones go before whatever else is talked of."""

    urgent: frozenset[str]
    topics: dict[str, dict[Language, Phrasings]]


def known_topics() -> Topics:
    """The topics of the content."""
    return read_words(ELSEWHERE, TopicWords).topics


def urgent_topics() -> frozenset[str]:
    """The names of the topics on which somebody may need help at once."""
    return read_words(ELSEWHERE, TopicWords).urgent
