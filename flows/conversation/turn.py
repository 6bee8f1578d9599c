"""One turn of the conversation: a copy of the session to work on, what is known of it, and what is to be shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.answer import Answer
from flows.content import Content
from flows.conversation.effect import Effect
from flows.conversation.event import Event
from flows.conversation.session import Member, Session
from flows.conversation.view import Choice, Slot, View, Words
from flows.interview.answers import open_keys, party_of
from flows.interview.questions import key_of
from flows.interview.walk import Path, Place, Walk, is_settled
from flows.message import Message
from flows.party import Party
from flows.routes.evaluate import evaluate

FOR_GROUP = Message("plans.for_group", "title")
FOR_SOME_GROUP = Message("plans.for_some_group")


class Turn:
    """The working copy for one event. The session that was given stays as it is."""

    def __init__(self, session: Session, event: Event, content: Content, today: date) -> None:
        """Copy ``session`` for ``event``; ``today`` is the day on which everything is judged."""
        self.session: Session = {
            **session,
            "answers": dict(session["answers"]),
            "people": list(session["people"]),
            "members": {user: _copy(member) for user, member in session["members"].items()},
        }
        self.event = event
        self.content = content
        self.today = today
        self.shown: list[View | Effect] = []
        self.noted: list[Place] = []
        member = session["members"].get(str(event.user))
        self.had_question = bool(member and member.get("shown"))
        self.removed: list[tuple[str, Member]] = []
        self.aside = False  # in a group, for this user's eyes only
        self._answers: Mapping[str, Any] | None = None
        self._party: Party | None = None
        self._answer: Answer | None = None
        self._open: frozenset[str] | None = None
        self._paths: dict[str, Path] = {}

    # Who is here.

    @property
    def user(self) -> str:
        """The user's id as it stands among the members."""
        return str(self.event.user)

    @property
    def member(self) -> Member:
        """The user's own part of the session; KeyError where they have none."""
        return self.session["members"][self.user]

    @property
    def me(self) -> str:
        """The person whom the user answers for themself as."""
        return self.member["person"]

    @property
    def people(self) -> list[str]:
        """Everybody of the party."""
        return self.session["people"]

    @property
    def answers(self) -> Mapping[str, Any]:
        """All stored answers, with the change that the user is only trying out; they change only through ``write``."""
        if self._answers is None:
            member = self.session["members"].get(self.user)
            trial = member.get("trial") if member else None
            self._answers = {**self.session["answers"], **trial} if trial else self.session["answers"]
        return self._answers

    def user_of(self, person: str) -> str | None:
        """The user who answers for themself as this person, if one does."""
        return next((user for user, member in self.session["members"].items() if member["person"] == person), None)

    def answered_by(self, user: str) -> list[str]:
        """The people for whom a user answers: themself, and, for the first, all who have not joined."""
        mine = self.session["members"][user]["person"]
        if self.session.get("group") is not None or mine != self.people[0]:
            return [mine]
        return [person for person in self.people if person == mine or self.user_of(person) is None]

    # What is known.

    @property
    def party(self) -> Party:
        """The party as far as it is known."""
        if self._party is None:
            self._party = party_of(self.answers, self.people, self.today)
        return self._party

    @property
    def answer(self) -> Answer:
        """The evaluation of the party, made once for each state of the answers."""
        if self._answer is None:
            self._answer = evaluate(self.party, self.content.facts)
        return self._answer

    @property
    def open_keys(self) -> frozenset[str]:
        """The keys of answers that can still change something for somebody."""
        if self._open is None:
            self._open = open_keys(self.answer, self.answers, self.people)
        return self._open

    def path(self, user: str | None = None) -> Path:
        """The user's way through the interview (default: of the user of this turn)."""
        user = user or self.user
        if user not in self._paths:
            mine = self.answered_by(user)
            path = Walk(self.answers, self.people, self.open_keys, mine).go()
            if not self.says_who_goes(user):
                path = Path(tuple(place for place in path.answered if place.subject), path.present)
            self._paths[user] = path
        return self._paths[user]

    def says_who_goes(self, user: str | None = None) -> bool:
        """Whether it is this user who says who goes: the first of a party of their own; of a group, nobody."""
        person = self.session["members"][user or self.user]["person"]
        return self.session.get("group") is None and person == self.people[0]

    @property
    def present(self) -> Place | None:
        """The question to be put now: the one chosen for editing, else the first that is open."""
        focus = self.member.get("focus")
        if focus:
            return Place(focus["question"], focus["subject"])
        return self.path().present

    @property
    def shown_place(self) -> Place | None:
        """The question last put to the user, unless somebody else has answered it since."""
        shown = self.member.get("shown")
        if not shown:
            return None
        place = Place(shown["question"], shown["subject"])
        return None if is_settled(place, self.answers) and not self.member.get("focus") else place

    # What changes.

    def write(self, changes: Mapping[str, Any]) -> None:
        """Store answers (None takes one away). Button ids of before then no longer count."""
        for key, value in changes.items():
            if value is None:
                self.session["answers"].pop(key, None)
            else:
                self.session["answers"][key] = value
        self.touch()

    def touch(self) -> None:
        """Count a change by this user: buttons shown to them before are old now."""
        self.session["version"] += 1
        self._forget_what_was_worked_out()
        if self.user in self.session["members"]:
            self.member["since"] = self.session["version"]

    def _forget_what_was_worked_out(self) -> None:
        self._answers = self._party = self._answer = self._open = None
        self._paths = {}

    def focus_on(self, place: Place | None) -> None:
        """Turn to a question out of order, or back to the order."""
        self.member["focus"] = {"question": place.question, "subject": place.subject} if place else None
        self.touch()

    def said(self, question: str, subject: str = "") -> Any:
        """The stored answer to a question, "unknown" included; None where there is none."""
        return self.answers.get(key_of(question, subject))

    # What is shown.

    def choice(self, label: Words, action: str, *details: str, start: str | None = None) -> Choice:
        """A button; its id carries the answers' version, so that an old one is recognised."""
        return Choice(":".join((str(self.session["version"]), action, *details)), label, start=start)

    def show(
        self,
        *words: Words,
        slot: Slot = Slot.MESSAGE,
        choices: tuple[tuple[Choice, ...], ...] = (),
        user: str | None = None,
        only_for: int | None = None,
    ) -> None:
        """Show paragraphs in the chat of this event, or in another user's own chat."""
        language = self.session["members"][user]["language"] if user else self._language
        chat = int(user) if user else self.event.chat
        if slot is Slot.CARD and user is None and self.event.private and self.session.get("group") is not None:
            title = self.session.get("title")
            words = (FOR_GROUP(title=title) if title else FOR_SOME_GROUP(), *words)
        if self.aside and user is None:
            only_for = self.event.user
            slot = Slot.CARD if slot is Slot.MESSAGE else slot
        self.shown.append(View(chat, slot, words, choices, only_for=only_for, language=language))

    def notice(self, words: Words) -> None:
        """A short answer to a press; a message where there was none."""
        self.show(words, slot=Slot.NOTICE)

    @property
    def _language(self) -> str:
        member = self.session["members"].get(self.user)
        return member["language"] if member else self.event.language


def _copy(member: Member) -> Member:
    return {**member}


def empty_session(session_id: str) -> Session:
    """A session in which nobody has said anything yet."""
    return {"id": session_id, "version": 0, "answers": {}, "people": [], "members": {}}
