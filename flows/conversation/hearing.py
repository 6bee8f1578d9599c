"""Typed words as an answer to the question that was put: a button's words, names, or what understanding makes of them."""

import re
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

from flows.conversation.applying import MOST_PEOPLE
from flows.conversation.naming import LONGEST_NAME, Naming, clean_name
from flows.conversation.options import options
from flows.conversation.turn import Turn
from flows.interview.questions import MOST_STAYS, UNKNOWN
from flows.interview.walk import Place, pair_of
from flows.message import Family
from flows.party import Category
from flows.understanding.result import Understood
from flows.understanding.understand import understand

EXPECTED = Family("say.expected", ("names", "pairs", "stay_count", "stay_category", "roots"))
LONGEST_CHOICE = 60
NO_NAME = [""]
MOST_NAME_WORDS = 4
_SEPARATORS = re.compile(r"\s*(?:,|;|&|\+|\n|/|\band\b)\s*", re.IGNORECASE)


def hear(turn: Turn, place: Place, text: str) -> Understood:
    """The answer in ``text``; what to ask back where it could mean several things; else what was expected (a message)."""
    chosen = _chosen(turn, place, text)
    if chosen is not None:
        return Understood(value=chosen)
    own = _OWN.get(place.question)
    if own is not None:
        return own(turn, text)
    understood_as = "citizenships" if place.question == "stay_citizenship" else place.question
    return _fitted(place.question, _understand(turn, understood_as, text))


def says_none(turn: Turn, text: str) -> bool:
    """Whether the words say that it is true of none of those asked about."""
    return _plain(text) in turn.content.words.heard("heard.none_of_us", turn.event.language)


def says_hello(turn: Turn, text: str) -> bool:
    """Whether the words are a greeting."""
    return _plain(text) in turn.content.words.heard("heard.hello", turn.event.language)


def _understand(turn: Turn, question: str, text: str) -> Understood:
    return understand(question, text, turn.today, turn.content.facts)


def _chosen(turn: Turn, place: Place, text: str) -> Any:
    """The value of the button whose words these are."""
    said = _plain(text)
    if not said or len(said) > LONGEST_CHOICE:
        return None
    for option in (option for row in options(turn, place) for option in row):
        if said in turn.content.words.heard(f"heard.{place.question}.{option.raw}", turn.event.language):
            return option.value
    return None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s'+-]", " ", text.casefold().replace("’", "'")).split())


def _names(turn: Turn, text: str) -> Understood:
    """One name, or several with commas or "and" between; a plain no is nobody's name."""
    whole = _understand(turn, "name", text)
    nobody = whole.value == UNKNOWN or says_none(turn, text)
    if turn.said("who") == "couple":
        if whole.value is None:
            return whole
        return Understood(value=NO_NAME if nobody else [whole.value])
    if nobody:
        return Understood(error=EXPECTED.key("names"))
    names = [name for name in (clean_name(part) for part in _SEPARATORS.split(text)) if name]
    wrong = [name for name in names if len(name) >= LONGEST_NAME or len(name.split()) > MOST_NAME_WORDS]
    if not names or wrong or "?" in text:
        return Understood(error=EXPECTED.key("names"))
    return Understood(value=names)


def _pairs(turn: Turn, text: str) -> Understood:
    """The two people who are named."""
    naming = Naming(turn)
    words = set(_plain(text).split())
    known = {person: set(_plain(naming.name(person) or "").split()) for person in turn.people}
    known[turn.me] = set(_plain(turn.member["name"]).split())
    named = [person for person, name in known.items() if name and name <= words]
    if turn.me not in named and words & set(turn.content.words.heard("heard.me", turn.event.language)):
        named.append(turn.me)
    if len(named) == 2:
        return Understood(value=pair_of(*named))
    pairs = tuple(pair_of(one, other) for one, other in combinations(named, 2))
    return Understood(ask_back=pairs) if pairs else Understood(error=EXPECTED.key("pairs"))


def _so_far(turn: Turn, text: str) -> Understood:
    """Where things stand; else what there was before, told outright."""
    stage = _understand(turn, "stage", text)
    if stage.value is not None or stage.ask_back:
        return _mapped(stage, {"none": "new"})
    stays = _understand(turn, "participations", text)
    if stays.value is not None:
        return Understood(
            value=stays.value if stays.value == UNKNOWN else {"stays": stays.value} if stays.value else "new"
        )
    return Understood(value="before") if stays.error and stays.error.endswith(".which") else stage


def _work(turn: Turn, text: str) -> Understood:
    """Work in Canada, else studies."""
    job = _understand(turn, "job_state", text)
    if job.value is not None or job.ask_back:
        return job
    student = _understand(turn, "student", text)
    return Understood(value="studying") if student.value is True else job


def _who(turn: Turn, text: str) -> Understood:
    """A bare number is how many go, as long as so many can go."""
    if text.strip().isdecimal() and not 1 <= int(text.strip()[:4]) <= MOST_PEOPLE:
        return Understood(error="understand.who.not_understood")
    return _understand(turn, "who_travels", text)


def _count(turn: Turn, text: str) -> Understood:
    number = _understand(turn, "children", text)
    if isinstance(number.value, int):
        return Understood(value=min(number.value, MOST_STAYS))
    return number if number.value == UNKNOWN else Understood(error=EXPECTED.key("stay_count"))


def _category(turn: Turn, text: str) -> Understood:
    kind = _understand(turn, "permit_kind", text)
    if kind.value in (*Category, UNKNOWN):
        return kind
    fitting = tuple(candidate for candidate in kind.ask_back if candidate in tuple(Category))
    return Understood(ask_back=fitting) if fitting else Understood(error=EXPECTED.key("stay_category"))


def _stay_dates(turn: Turn, text: str) -> Understood:
    """A stay of the past need not be known to the day: the only candidate is taken."""
    dates = _understand(turn, "permit_dates", text)
    return Understood(value=dates.ask_back[0]) if len(dates.ask_back) == 1 else dates


def _roots(turn: Turn, text: str) -> Understood:
    """The countries named, of whichever forebear; none is an answer too."""
    if says_none(turn, text) or _understand(turn, "yes_no", text).value is False:
        return Understood(value=[])
    lived = _understand(turn, "lives_in", text)
    if lived.value is not None:
        return Understood(value=lived.value if lived.value == UNKNOWN else [lived.value])
    held = _understand(turn, "citizenships", text)
    codes = held.value if isinstance(held.value, list) else list(lived.ask_back)
    return Understood(value=codes) if codes else Understood(error=EXPECTED.key("roots"))


def _together(turn: Turn, text: str) -> Understood:
    since = _understand(turn, "living_together_since", text)
    return Understood(value="not_yet") if since.error and since.error.endswith(".not_yet") else since


def _birth_date(turn: Turn, text: str) -> Understood:
    understood = _understand(turn, "age_or_birth_date", text)
    if understood.value == UNKNOWN:
        return understood
    if understood.value is not None:
        return (
            Understood(value=understood.value["born"]) if "born" in understood.value else Understood(error=BIRTH_DATE)
        )
    dates = tuple(candidate["born"] for candidate in understood.ask_back if "born" in candidate)
    return Understood(ask_back=dates, error=None if dates else understood.error or BIRTH_DATE)


BIRTH_DATE = "understand.age_or_birth_date.not_understood"


def _fitted(question: str, understood: Understood) -> Understood:
    """What was understood, in the form that this question stores."""
    match question:
        case "student" | "permanent_resident":
            return _mapped(understood, {True: "yes", False: "no"})
        case "stay_citizenship":
            codes = understood.value if isinstance(understood.value, list) else None
            if codes is not None:
                return Understood(value=codes[0]) if len(codes) == 1 else Understood(ask_back=tuple(codes))
            return Understood(understood.value, tuple(code[0] for code in understood.ask_back), understood.error)
        case "occupation":
            return Understood(understood.value, tuple([noc] for noc in understood.ask_back), understood.error)
        case _:
            return understood


def _mapped(understood: Understood, names: Mapping[Any, Any]) -> Understood:
    def named(value: Any) -> Any:
        return names.get(value, value) if isinstance(value, str | bool) else value

    return Understood(named(understood.value), tuple(named(each) for each in understood.ask_back), understood.error)


_OWN: Mapping[str, Callable[[Turn, str], Understood]] = {
    "who": _who,
    "companions": _names,
    "couples": _pairs,
    "iec_so_far": _so_far,
    "work": _work,
    "roots": _roots,
    "stay_count": _count,
    "stay_category": _category,
    "stay_dates": _stay_dates,
    "living_together_since": _together,
    "birth_date": _birth_date,
}
