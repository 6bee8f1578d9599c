"""Several facts in one message, about one or two people: all of them are taken, and said back with a way to correct them."""

from collections.abc import Iterator, Sequence

from flows.conversation.applying import apply
from flows.conversation.naming import Naming
from flows.conversation.news import NEWS_STAGES
from flows.conversation.turn import Turn
from flows.interview.questions import UNKNOWN
from flows.interview.walk import Place, couples_of, pair_of
from flows.party import RelationshipKind, Stage
from flows.understanding.arriving import read_wished_day
from flows.understanding.days import QUESTIONS as DAYS
from flows.understanding.days import understand_day
from flows.understanding.sentence import PAIR, Claim, read_sentence
from flows.understanding.speakers import NOBODY, PARTNER, PARTY, SELF, parts_of
from flows.understanding.tokens import tokens_of
from flows.understanding.understand import understand

ENOUGH = 2
WISHED = "arrive_by"
EVERYBODY = "everybody"
MOST_NEWS_WORDS = 8
OF_NEWS = (
    "iec_so_far",
    "stage",
    "invited_on",
    "accepted_on",
    "applied_on",
    "letter_valid_until",
    "stay_count",
    "permit_kind",
)
NEWS_DAYS = {Stage.INVITED: "invited_on", Stage.APPLIED: "applied_on"}
SHE = "she"  # stands for a partner without a name, in front of words that are about them


def take_facts(turn: Turn, place: Place | None, text: str, *, enough: int = ENOUGH) -> bool:
    """Take every fact of ``text`` that tells more than an answer to ``place``; False where there are none.

    While a question waits, ``enough`` of them are wanted: a word or two are more likely an answer to it.
    """
    claims = [claim for claim in _claims(turn, place, text) if _is_told(claim)]
    claims += _wished_day(turn, place, text)
    claims += _plain_news(turn, place, text) if not any(claim.question == "stage" for claim in claims) else []
    beyond = [claim for claim in claims if place is None or _question(claim) != place.question]
    unmistakable = any(claim.question == WISHED or _is_news(claim, place) for claim in beyond)
    if not beyond or (place is not None and len(claims) < enough and not unmistakable):
        return False
    before = turn.session["version"]
    for claim in sorted(claims, key=lambda claim: claim.question != "who"):
        _take(turn, claim)
    return turn.session["version"] > before


def _claims(turn: Turn, place: Place | None, text: str) -> list[Claim]:
    """What the text tells; words without a subject are about whom the question was about."""
    naming = Naming(turn)
    others = [naming.name(person) or "" for person in turn.people if person != turn.me]
    subject = _other_asked_about(turn, place)
    if subject is not None:
        text = f"{naming.name(subject) or SHE}: {text}"
    return read_sentence(text, turn.today, turn.content.facts, others)


def _wished_day(turn: Turn, place: Place | None, text: str) -> list[Claim]:
    """The day by which somebody wishes to be there; of all who go where they speak of all, unless another day is asked for."""
    wished = read_wished_day(text, turn.today) if place is None or place.question not in DAYS else None
    if wished is None:
        return []
    return [Claim(WISHED, EVERYBODY if wished.ours else SELF, wished.day.isoformat(), text)]


def _plain_news(turn: Turn, place: Place | None, text: str) -> list[Claim]:
    """News without a subject, as people write it: "got my ITA Tuesday". In the middle of the questions only an invitation,
    since applying and being approved are said of many things."""
    if len(text.split()) > MOST_NEWS_WORDS or "?" in text or (place is not None and place.question in OF_NEWS):
        return []
    if any(part.role in (NOBODY, PARTNER) for part in parts_of(tokens_of(text))):
        return []  # of somebody else
    stage = understand("stage", text, turn.today, turn.content.facts).value
    told = stage in NEWS_STAGES if place is None else stage == Stage.INVITED
    return [Claim("stage", SELF, stage, text)] if told and stage != Stage.IN_CANADA else []


def _other_asked_about(turn: Turn, place: Place | None) -> str | None:
    person = place.subject.split(".")[0] if place is not None else ""
    return person if person in turn.people and person != turn.me else None


def _is_told(claim: Claim) -> bool:
    """A girlfriend may live with one or not: who only says "my girlfriend" has not told how things stand."""
    return not (claim.question == "relationship_kind" and claim.value == RelationshipKind.DATING)


def _is_news(claim: Claim, place: Place | None) -> bool:
    """An invitation, an application or a letter that somebody tells of while another thing is asked."""
    asked = place is not None and place.question in ("iec_so_far", "stage")
    return claim.question == "stage" and claim.value in NEWS_STAGES and not asked


def _question(claim: Claim) -> str:
    return {"stage": "iec_so_far", "student": "work"}.get(claim.question, claim.question)


def _take(turn: Turn, claim: Claim) -> None:
    if claim.person == PARTY:
        if turn.said("who") is None:
            apply(turn, Place("who", ""), claim.value)
        return
    for subject in _subjects(turn, claim):
        value = "studying" if claim.question == "student" else claim.value
        place = Place(_question(claim), subject)
        if claim.question == "stage" and turn.said("iec_so_far", subject) == "before":
            place = Place("stage", subject)
        if place.question == "work" and place.key in turn.answers:
            continue
        apply(turn, place, value)
        day = _day_of_news(turn, claim)
        if day is not None:
            apply(turn, Place(NEWS_DAYS[claim.value], subject), day)


def _day_of_news(turn: Turn, claim: Claim) -> str | None:
    """The day in "drawn on Tuesday", "applied yesterday", where it is clear which day that is."""
    if claim.question != "stage" or claim.value not in NEWS_DAYS:
        return None
    day = understand_day(NEWS_DAYS[claim.value], claim.words, turn.today).value
    return day if isinstance(day, str) and day != UNKNOWN else None


def _subjects(turn: Turn, claim: Claim) -> Iterator[str]:
    """Whom a fact is about: nobody where that is not clear, or where they answer for themself."""
    others = [person for person in turn.people if person != turn.me]
    if claim.person == SELF:
        yield turn.me
    elif claim.person == EVERYBODY:
        yield from turn.answered_by(turn.user)
    elif claim.person == PAIR:
        mine = set(turn.answered_by(turn.user))
        pairs = [pair for pair in couples_of(turn.answers, turn.people) if mine & set(pair.split("+"))]
        yield from pairs[:1] or _the_two(turn, others)
    elif claim.person == PARTNER:
        yield from (person for person in _partner(turn, others) if person in turn.answered_by(turn.user))
    else:
        naming = Naming(turn)
        named = [person for person in others if naming.name(person) == claim.person]
        yield from (person for person in named[:1] if person in turn.answered_by(turn.user))


def _partner(turn: Turn, others: Sequence[str]) -> Sequence[str]:
    """The one other person; made up where nobody has said yet who goes."""
    if not others and turn.said("who") is None:
        person = "p2"
        turn.people.append(person)
        return [person]
    return others if len(others) == 1 else []


def _the_two(turn: Turn, others: Sequence[str]) -> Iterator[str]:
    if len(others) == 1 and turn.said("who") != "friends":
        yield pair_of(turn.me, others[0])
