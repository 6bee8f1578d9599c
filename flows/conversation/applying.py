"""What an answer writes: usually one key; who goes and what they are called also make up the list of people."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.conversation.naming import clean_name
from flows.conversation.news import note_news
from flows.conversation.turn import Turn
from flows.interview.questions import BY_ID, MOST_STAYS, About, key_of
from flows.interview.walk import Place
from flows.party import RelationshipKind

MOST_PEOPLE = 10


def apply(turn: Turn, place: Place, value: Any) -> None:
    """Store the answer to a place, note it for saying back, and leave the editing of it."""
    news = note_news(turn, place, value)
    match place.question:
        case _ if news is not None:
            turn.write(news)
        case "who":
            take_who(turn, value)
        case "companions":
            _take_names(turn, value)
        case "couples":
            _take_couples(turn, value)
        case "relationship_kind" if value == RelationshipKind.FRIENDS:
            # Two who turn out to be friends: what is asked and told from here on is that of friends.
            turn.write({"who": "friends", "couples": ["no"], "companions": turn.said("companions")})
        case "age_or_birth_date":
            turn.write({place.key: value, **_birth_date_gone(turn, place, value)})
        case "iec_so_far" if isinstance(value, dict):
            turn.write({place.key: "before", **_stays_told(place.subject, value["stays"])})
        case _:
            turn.write({place.key: value})
    turn.member["asked_back"] = []
    turn.member["focus"] = None
    if place.question != "who" and place.key in turn.answers and place not in turn.noted:
        turn.noted.append(place)


def apply_to_all(turn: Turn, place: Place, people: Sequence[str]) -> None:
    """The common answer of a question for several people at once."""
    common = BY_ID[place.question].bundle
    turn.write({key_of(place.question, person): common for person in people})
    turn.noted += [Place(place.question, person) for person in people]
    turn.member["asked_back"] = []


def take_who(turn: Turn, who: str) -> None:
    """One person, two, or as many as were named before; the names are asked anew where they were asked otherwise."""
    people = turn.people
    before = turn.said("who")
    wanted = {"single": 1, "couple": 2}.get(who, len(people))
    while len(people) < wanted:
        people.append(_next_id(people))
    for gone in people[wanted:]:
        _take_away(turn, gone)
    del people[wanted:]
    turn.write({"who": who, **({"companions": None} if before not in (None, who) else {})})


def _take_names(turn: Turn, names: Sequence[str]) -> None:
    """The others' names, in order. Whoever was there under the same name keeps their answers, whoever is gone loses them."""
    me = turn.people[0]
    cleaned = [clean_name(name) for name in names][: MOST_PEOPLE - 1]
    if turn.said("who") == "couple":
        turn.write({"companions": 1, key_of("name", turn.people[1]): cleaned[0] or None})
        return
    known = {turn.said("name", person): person for person in turn.people[1:]}
    people = [me]
    used = list(turn.people)
    changes: dict[str, Any] = {"companions": len(cleaned)}
    for name in cleaned:
        person = known.pop(name, None)
        if person is None:
            person = _next_id(used)
            used.append(person)
            changes[key_of("name", person)] = name
        people.append(person)
    for gone in known.values():
        _take_away(turn, gone)
    turn.people[:] = people
    turn.write(changes)


def _take_couples(turn: Turn, value: str) -> None:
    told = turn.said("couples")
    pairs = [pair for pair in told if pair != "no"] if isinstance(told, list) else []
    if turn.member.get("focus"):
        pairs = []
    pairs = [*pairs, value]
    taken = {person for pair in pairs if pair != "no" for person in pair.split("+")}
    if value != "no" and len(set(turn.people) - taken) < 2:
        pairs.append("no")
    turn.write({"couples": pairs})


def _stays_told(person: str, stays: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Earlier stays that were told in one go, as the answers to the questions about each of them."""
    changes: dict[str, Any] = {key_of("stay_count", person): min(len(stays), MOST_STAYS)}
    for number, stay in enumerate(stays[:MOST_STAYS], start=1):
        subject = f"{person}.{number}"
        dates = {"starts": stay.get("started"), "ends": stay.get("ended")}
        changes[key_of("stay_category", subject)] = stay.get("category")
        changes[key_of("stay_citizenship", subject)] = stay.get("citizenship")
        changes[key_of("stay_dates", subject)] = dates if any(dates.values()) else None
    return changes


def _birth_date_gone(turn: Turn, place: Place, value: Any) -> Mapping[str, Any]:
    """A new age makes an earlier birth date untrue."""
    return {key_of("birth_date", place.subject): None}


def _take_away(turn: Turn, person: str) -> None:
    """Remove a person: every answer about them, alone or with another, and whoever answered as them."""
    for key in list(turn.answers):
        question, _, subject = key.partition(":")
        about = BY_ID.get(question)
        people = subject.split("+") if about and about.about is About.PAIR else [subject.split(".")[0]]
        if person in people:
            del turn.session["answers"][key]
    user = turn.user_of(person)
    if user is not None and user != turn.user:
        turn.removed.append((user, turn.session["members"].pop(user)))


def _next_id(people: Sequence[str]) -> str:
    return f"p{max((int(person[1:]) for person in people), default=0) + 1}"
