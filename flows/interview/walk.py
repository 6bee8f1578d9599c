"""Where somebody is in the interview: the machine walked over the stored answers, and the way it took."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from transitions import EventData

from flows.interview.machine import ANSWER, END, FIRST, SKIP
from flows.interview.questions import BY_ID, MOST_STAYS, About, Question, key_of


class Place(NamedTuple):
    """A question asked of a subject."""

    question: str
    subject: str

    @property
    def key(self) -> str:
        """The key of its answer."""
        return key_of(self.question, self.subject)


@dataclass(frozen=True, slots=True)
class Path:
    """The answered places in order, and the present one (None: nothing is left to ask)."""

    answered: tuple[Place, ...]
    present: Place | None


class Walk:
    """The throw-away model that walks the machine once over ``answers``.

    ``people`` are all of the party, ``mine`` those whose questions are walked here (None: everybody's); ``open_keys`` are
    the answers that can still change something.
    """

    __slots__ = ("answers", "at", "mine", "open_keys", "path", "people", "state", "subjects")

    def __init__(
        self,
        answers: Mapping[str, Any],
        people: Sequence[str],
        open_keys: Collection[str],
        mine: Sequence[str] | None = None,
    ) -> None:
        self.answers = answers
        self.people = people
        self.mine = mine
        self.open_keys = open_keys
        self.state = FIRST
        self.at = 0
        self.subjects = self._concerned(BY_ID[FIRST])
        self.path: list[Place] = []

    def go(self) -> Path:
        """Walk until a question waits for an answer, or to the end."""
        present = None
        while self.state != END:
            place = self._place()
            if place is None or not self._waits(place):
                if place is not None and place.key in self.answers:
                    self.path.append(place)
                    ANSWER.trigger(self)
                else:
                    SKIP.trigger(self)
                continue
            present = place
            break
        return Path(tuple(self.path), present)

    def fits(self, question: Question) -> bool:
        """Whether the question fits anybody here."""
        return bool(subjects_of(question, self.answers, self.people, self.mine))

    # What the machine asks of its model and tells it.

    def was_answered(self, event: EventData) -> bool:
        """The present place has its answer."""
        place = self._place()
        return place is not None and place.key in self.answers

    def needs_no_answer(self, event: EventData) -> bool:
        """Nothing hangs on the present place."""
        place = self._place()
        return place is None or not self._waits(place)

    def others_follow(self, event: EventData) -> bool:
        """The same question is there for another person."""
        return self.at + 1 < len(self.subjects)

    def turn_to_next(self, event: EventData) -> None:
        """Turn to the next person."""
        self.at += 1

    def begin(self, event: EventData) -> None:
        """A new question begins with its first person."""
        transition = event.transition
        if transition is not None and transition.source != transition.dest and self.state != END:
            self.at = 0
            self.subjects = self._concerned(BY_ID[self.state])

    def _concerned(self, question: Question) -> Sequence[str]:
        """The subjects who have answered the question or still should; the others are passed by."""
        found = subjects_of(question, self.answers, self.people, self.mine)
        if question.basic:
            return found
        keys = ((subject, key_of(question.id, subject)) for subject in found)
        return [subject for subject, key in keys if key in self.answers or key in self.open_keys]

    def _place(self) -> Place | None:
        return Place(self.state, self.subjects[self.at]) if self.at < len(self.subjects) else None

    def _waits(self, place: Place) -> bool:
        return is_open(place, self.answers, self.open_keys)


def is_open(place: Place, answers: Mapping[str, Any], open_keys: Collection[str]) -> bool:
    """Whether this place still wants an answer: not settled, and basic or of consequence."""
    if is_settled(place, answers):
        return False
    question = BY_ID[place.question]
    return question.basic or place.key in open_keys


def is_settled(place: Place, answers: Mapping[str, Any]) -> bool:
    """Whether the answer is there and complete."""
    if place.question == "couples":
        said = answers.get("couples")
        return (isinstance(said, list) and "no" in said) or said == "unknown"
    return place.key in answers


def subjects_of(
    question: Question, answers: Mapping[str, Any], people: Sequence[str], mine: Sequence[str] | None = None
) -> tuple[str, ...]:
    """The subjects whom a question fits: of a party of ``people``, those that are about any of ``mine`` (None: all)."""
    mine = people if mine is None else mine
    match question.about:
        case About.PARTY:
            found: Sequence[str] = ("",)
        case About.PERSON:
            found = mine
        case About.PAIR:
            found = [pair for pair in couples_of(answers, people) if set(pair.split("+")) & set(mine)]
        case About.STAY:
            found = [f"{person}.{number}" for person in mine for number in range(1, stays_told(answers, person) + 1)]
    if question.only_if is None:
        return tuple(found)
    return tuple(subject for subject in found if question.only_if(answers, subject))


def couples_of(answers: Mapping[str, Any], people: Sequence[str]) -> list[str]:
    """The pairs among whom a relationship is more than friendship, as far as it was said."""
    if answers.get("who") == "couple" and len(people) > 1:
        return [pair_of(people[0], people[1])]
    said = answers.get("couples")
    pairs = [pair for pair in said if "+" in pair] if isinstance(said, list) else []
    return [pair for pair in pairs if all(person in people for person in pair.split("+"))]


def pair_of(one: str, other: str) -> str:
    """The subject for two people, in either order."""
    return "+".join(sorted((one, other)))


def stays_told(answers: Mapping[str, Any], person: str) -> int:
    """How many earlier stays the person said there were."""
    told = answers.get(key_of("stay_count", person))
    return min(int(told), MOST_STAYS) if isinstance(told, int) else 0
