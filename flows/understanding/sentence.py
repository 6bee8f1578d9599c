"""Several facts in one message about one or two people, each bound to the one of whom it was said."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.dates import age_on
from flows.facts.content import Facts
from flows.understanding.ages import understand_age
from flows.understanding.births import CHILD
from flows.understanding.choice import read_evidence, weigh
from flows.understanding.lexicon import ChoiceTable, read_words
from flows.understanding.mentions import Mention
from flows.understanding.places import PlaceKind
from flows.understanding.safe_runs import safe_runs
from flows.understanding.since import understand_since
from flows.understanding.speakers import BOTH, NOBODY, PARTNER, PARTY, SELF, Part, parts_of
from flows.understanding.standing import Standing, read_standings
from flows.understanding.terms import denies, doubts, fitting, languages_of, terms_of
from flows.understanding.tokens import Kind, Token, tokens_of

PAIR = "pair"
_OLDEST = 80
_LONGEST = 1500
_STAGES = frozenset({"in_pool", "invited", "applied", "approved"})
_BREAKS = frozenset(",;.!?:")
_UNCLEAR = (Standing.KIN, Standing.ORIGIN, Standing.LATER, Standing.PAST, Standing.UNCLEAR, Standing.DENIED)


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact: the question it answers, of whom (``self``, ``partner``, another person's name, ``pair`` or ``party``),
    the value in the party file's form, and the words in which it was said."""

    question: str
    person: str
    value: Any
    words: str


def read_sentence(text: str, today: date, facts: Facts, people: Sequence[str] = ()) -> list[Claim]:
    """What a message tells besides the answer asked for; whatever is not certain is left out and asked later.

    ``people`` are the names of the others in the party ("" for one without a name); "she" and "he" are the partner as
    long as there is at most one other. Of questions: ``citizenships``, ``age_or_birth_date``, ``lives_in``, ``stage``,
    ``student`` of a person, ``relationship_kind`` and ``living_together_since`` of the pair, ``who`` of the party.
    """
    tokens = tokens_of(text[:_LONGEST])
    parts = parts_of(tokens, people)
    claims: list[Claim] = []
    for part in parts:
        for claim in _of_part(part, text, today) if part.role != NOBODY else ():
            whom = (SELF, PARTNER) if part.role == BOTH else (part.role,)
            claims += [Claim(claim.question, role, claim.value, claim.words) for role in whom]
    if len(people) <= 1 and (couple := list(_of_couple(tokens, text, today, parts))):
        claims += couple
    return _without_contradictions(claims)


def _without_contradictions(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, less those of a question that is answered in two ways for one person."""
    kept = []
    for claim in claims:
        same = [other for other in claims if (other.question, other.person) == (claim.question, claim.person)]
        if all(other.value == claim.value for other in same) and same[0] is claim:
            kept.append(claim)
    return kept


def _words(tokens: Sequence[Token], text: str) -> str:
    return text[tokens[0].start : tokens[-1].end].strip() if tokens else ""


def _of_part(part: Part, text: str, today: date) -> Iterator[Claim]:
    runs = safe_runs(part.tokens)
    for read in _OF_RUNS:
        found = read(runs, today)
        if found is not None:
            yield Claim(found[0], part.role, found[1], _words(part.tokens, text))
    for clause in _clauses(part.tokens) if part.subject else ():
        for read in _OF_CLAUSES:
            found = read(clause, today)
            if found is not None:
                yield Claim(found[0], part.role, found[1], _words(clause, text))


_Fact = tuple[str, Any] | None
_Reader = Callable[[Sequence[Token], date], _Fact]


def _citizenships(tokens: Sequence[Token], today: date) -> _Fact:
    reading = read_standings(tokens, towns=True)
    held = [mention for mention in reading.those(Standing.HELD) if _as_citizen(tokens, mention)]
    if not held or reading.doubtful or reading.those(*_UNCLEAR):
        return None
    if any(mention.short or not mention.sure or len(mention.citizens_of) != 1 for mention in held):
        return None
    return "citizenships", sorted({mention.citizens_of[0] for mention in held})


def _as_citizen(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a country stands for a citizenship: a word for its people, a flag or code, or a name behind "from" or with
    a passport."""
    if mention.kind is not PlaceKind.NAME:
        return True
    around = [*tokens[max(0, mention.start - 2) : mention.start], *tokens[mention.end : mention.end + 1]]
    return any(term.group == "held" for found in terms_of("citizenships").find(around) for term in found.meanings)


def _age(tokens: Sequence[Token], today: date) -> _Fact:
    understood = understand_age(_plain(tokens), today)
    if not isinstance(understood.value, dict):
        return None
    born = understood.value.get("born")
    age = age_on(date.fromisoformat(born), today) if born else understood.value["age"]
    return ("age_or_birth_date", understood.value) if CHILD <= age <= _OLDEST else None


def _lives_in(tokens: Sequence[Token], today: date) -> _Fact:
    here = read_standings(tokens, "lives_in", towns=True).those(Standing.RESIDENCE)
    codes = {code for mention in here for code in mention.codes}
    told = any(term.group == "residence" for found in terms_of("citizenships").find(tokens) for term in found.meanings)
    return ("lives_in", codes.pop()) if told and len(codes) == 1 and all(mention.sure for mention in here) else None


def _chosen(name: str, tokens: Sequence[Token]) -> str | None:
    understood = weigh(name, read_words(name, ChoiceTable), read_evidence(name, tokens), None)
    return understood.value if isinstance(understood.value, str) else None


def _stage(clause: Sequence[Token], today: date) -> _Fact:
    evidence = read_evidence("stage", clause)
    stage = weigh("stage", read_words("stage", ChoiceTable), evidence, None).value
    told = stage in _STAGES and evidence.unknown_words <= 1 and clause[-1].text != "?"
    return ("stage", stage) if told else None


def _student(clause: Sequence[Token], today: date) -> _Fact:
    languages = languages_of(clause, terms_of("sentence"))
    if clause[-1].text == "?" or denies(clause, languages) or doubts().find(clause):
        return None
    found = [term for match in terms_of("sentence").find(clause) for term in fitting(match.meanings, languages)]
    return ("student", True) if any(term.group == "student" for term in found) else None


_OF_RUNS: tuple[_Reader, ...] = (_citizenships, _age, _lives_in)
_OF_CLAUSES: tuple[_Reader, ...] = (_stage, _student)


def _of_couple(tokens: Sequence[Token], text: str, today: date, parts: Sequence[Part]) -> Iterator[Claim]:
    """What was said of the two as a couple."""
    words = _words(tokens, text)
    of_them = {t for part in parts if part.role != NOBODY or not part.subject for t in (*part.tokens, *part.subject)}
    told = [t for clause in _clauses(tokens) if clause[-1].text != "?" for t in clause if t in of_them]
    kind = _chosen("relationship_kind", told)
    if kind == "friends":
        kind = None  # a friend or a sister named is seldom the one who comes along
    if kind is not None:
        yield Claim("relationship_kind", PAIR, kind, words)
    if kind is not None or any(part.role == PARTNER and part.by_noun for part in parts):
        yield Claim("who", PARTY, "couple", words)
    for clause in _clauses(tokens):
        cues = {term.group for found in terms_of("dates").find(clause) for term in found.meanings}
        if "living" in cues and "together" in {token.text for token in clause} | {"together"} & cues:
            since = understand_since(_plain(clause), today)
            if isinstance(since.value, str):
                yield Claim("living_together_since", PAIR, since.value, _words(clause, text))


def _clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens parted at marks; a question keeps its mark."""
    clause: list[Token] = []
    for token in tokens:
        if token.kind is Kind.MARK and token.text in _BREAKS:
            if token.text == "?" and clause:
                clause.append(token)
            if clause:
                yield clause
            clause = []
        else:
            clause.append(token)
    if clause:
        yield clause


def _plain(tokens: Sequence[Token]) -> str:
    """The tokens as text again, blanks where there were blanks."""
    pieces: list[str] = []
    for place, token in enumerate(tokens):
        if place and token.start > tokens[place - 1].end:
            pieces.append(" ")
        pieces.append(token.raw)
    return "".join(pieces)
