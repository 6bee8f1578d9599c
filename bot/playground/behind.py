"""What lies behind a chat: where its people are in the dialogue, the answer as ``routes --json`` prints it, its facts."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.playground.drawing import ANSWER, Drawing, drawing
from bot.playground.stage import Phone
from bot.store.contract import Loaded
from bot.store.sqlite.store import SqliteStore
from flows.answer import Answer
from flows.answer_json import answer_json
from flows.content import Content
from flows.conversation.event import Event, EventKind
from flows.conversation.session import Session
from flows.conversation.turn import Turn
from flows.facts.content import Facts
from flows.interview.questions import QUESTIONS
from flows.interview.walk import Place
from flows.party import Party


@dataclass(frozen=True, slots=True)
class Track:
    """One member's way: by question, the subjects it was answered for; and what they are asked now."""

    name: str
    person: str
    answered: Mapping[str, tuple[str, ...]]
    present: Place | None


@dataclass(frozen=True, slots=True)
class Behind:
    """All of it. ``sources`` are titles by web address."""

    questions: tuple[str, ...]
    tracks: tuple[Track, ...]
    known: tuple[tuple[str, str], ...]
    names: Mapping[str, str]
    party: Party
    answer: Answer
    as_json: str
    sources: Mapping[str, str]

    def named(self, subject: str) -> str:
        """A person, a pair or a person's stay with names in place of ids."""
        people, _, stay = subject.partition(".")
        named = " and ".join(self.names.get(part, part) for part in people.split("+"))
        return f"{named} (stay {stay})" if stay else named

    def drawn(self) -> Drawing:
        """The dialogue with what was answered for whom, and where everybody is."""
        answered: dict[str, dict[str, None]] = defaultdict(dict)
        present: dict[str, list[str]] = defaultdict(list)
        for track in self.tracks:
            for question, subjects in track.answered.items():
                answered[question] |= {self.named(subject) if subject else track.name: None for subject in subjects}
            place = track.present
            about = f", about {self.named(place.subject)}" if place and place.subject not in ("", track.person) else ""
            present[place.question if place else ANSWER].append(f"{track.name}{about}")
        return drawing({question: list(names) for question, names in answered.items()}, present)


async def stored_session(store: Path, phone: Phone) -> Session | None:
    """The session of a phone's chat, read beside the running bot; StoreError where the store is not there or not readable."""
    opened = SqliteStore(store, exclusive=False)
    await opened.open()
    try:
        loaded: Loaded | None = await opened.session_of(phone.user.id, phone.chat.id)
    finally:
        await opened.close()
    return loaded.session if loaded else None


def behind(session: Session, phone: Phone, content: Content, today: Any) -> Behind | None:
    """What lies behind ``session`` as this phone's person sees it on ``today``; None while nobody is in it."""
    if not session["people"]:
        return None
    turn = Turn(session, Event(EventKind.COMMAND, phone.user.id, phone.chat.id), content, today)
    names = {person: _name(turn, person) for person in turn.people}
    return Behind(
        questions=tuple(question.id for question in QUESTIONS),
        tracks=tuple(_tracks(turn)),
        known=tuple((key, json.dumps(value, ensure_ascii=False)) for key, value in turn.answers.items()),
        names=names,
        party=turn.party,
        answer=turn.answer,
        as_json=json.dumps(answer_json(turn.answer), ensure_ascii=False, indent=2),
        sources=_titles(content.facts),
    )


def _tracks(turn: Turn) -> Iterator[Track]:
    for user, member in turn.session["members"].items():
        path = turn.path(user)
        answered: dict[str, tuple[str, ...]] = {}
        for place in path.answered:
            answered[place.question] = (*answered.get(place.question, ()), place.subject)
        focus = member.get("focus")
        present = Place(focus["question"], focus["subject"]) if focus else path.present
        yield Track(member["name"] or member["person"], member["person"], answered, present)


def _name(turn: Turn, person: str) -> str:
    user = turn.user_of(person)
    told = turn.session["members"][user]["name"] if user else turn.party.person(person).name
    return told or person


def _titles(facts: Facts) -> dict[str, str]:
    return {source.url: source.title for source in facts.sources.values()}
