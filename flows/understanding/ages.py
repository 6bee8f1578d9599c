"""Ages and dates of birth in a person's own words: in full years today, or the day of birth; never a guess between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.dates import add_months, age_on, birthday
from flows.understanding.births import BIRTH_CUES, BREAKS, CHILD, births_in, cues_around
from flows.understanding.calendar_words import number_at
from flows.understanding.date_readings import Partial
from flows.understanding.durations import duration_at
from flows.understanding.moment import Grain, Moment, Toward, text_languages
from flows.understanding.moments import moments_in
from flows.understanding.result import Understood
from flows.understanding.terms import denies, doubts, fitting, terms_of
from flows.understanding.tokens import Kind, Token, tokens_of

_ERROR = "understand.age_or_birth_date"
_DENYING = 2  # words before a number among which a "not" denies it
SURELY_AN_AGE = 80
"""A larger number is asked back: "ninety four" is more often a year than an age."""
_OLDEST = 120
_YOUNGEST_WORD = 10  # smaller numbers in words (one, two) are seldom ages
_SHOWN = 6
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_DECADE = frozenset({"decade"})


@dataclass(frozen=True, slots=True)
class _Said:
    """A number that can be an age, with the uses of the words around it."""

    number: int
    start: int
    end: int
    cues: frozenset[str]
    negative: bool = False


def understand_age(text: str, today: date) -> Understood:
    """``{"age": 31}`` or ``{"born": "1995-03-14"}``.

    A year of birth alone, Korean counting and "turning 36 this year" are asked back with the ages possible. Errors:
    ``impossible`` (200, 31 February), ``future``, ``vague`` (in my thirties), ``not_understood``.
    """
    tokens = tokens_of(text)
    return _Reading(tokens, today).result()


class _Reading:
    def __init__(self, tokens: Sequence[Token], today: date) -> None:
        self._tokens = tokens
        self._today = today
        self._languages = text_languages(tokens)

    def result(self) -> Understood:
        births = births_in(self._tokens, self._today)
        said = [item for item in self._numbers() if item.start not in births.covered]
        if births.days:
            return self._born(births.days, said)
        if births.ages:
            return self._with_year(births.ages, said)
        too_long = any(len(token.text) > 9 for token in self._tokens if token.kind is Kind.NUMBER)
        return _error("impossible") if births.impossible or too_long else self._of_numbers(said)

    def _born(self, births: list[date], said: Sequence[_Said]) -> Understood:
        past = [day for day in births if day <= self._today]
        if not past:
            return _error("future")
        alive = [day for day in past if age_on(day, self._today) <= _OLDEST]
        if not alive:
            return _error("impossible")
        ages = {item.number for item in said if "of_age" in item.cues or len(said) == 1}
        agreeing = [day for day in alive if age_on(day, self._today) in ages]
        if ages and not agreeing and len(alive) == 1 and not any("turning" in item.cues for item in said):
            return _ask([{"born": alive[0].isoformat()}, *({"age": age} for age in sorted(ages) if age < _OLDEST)])
        if ages and len(agreeing) == 1:
            alive = agreeing
        if len(alive) == 1:
            return Understood(value={"born": alive[0].isoformat()})
        return _ask([{"born": day.isoformat()} for day in alive])

    def _with_year(self, ages: list[int], said: Sequence[_Said]) -> Understood:
        possible = [age for age in ages if 0 <= age <= _OLDEST]
        if not possible:
            return _error("future" if ages and max(ages) < 0 else "impossible")
        agreeing = [item.number for item in said if item.number in possible]
        if agreeing:
            return Understood(value={"age": agreeing[0]})
        told = [item.number for item in said if "of_age" in item.cues and 0 < item.number <= _OLDEST]
        if len(possible) == 1 and not told and possible[0] >= CHILD:
            return Understood(value={"age": possible[0]})
        return _ask([{"age": age} for age in dict.fromkeys([*possible, *told])])

    # An age in numbers

    def _cues(self, start: int, end: int) -> frozenset[str]:
        return cues_around(self._tokens, start, end)

    def _numbers(self) -> list[_Said]:
        found: list[_Said] = []
        place = 0
        while place < len(self._tokens):
            length = duration_at(self._tokens, place, self._languages)
            if length is not None and (length.unit != "unit_year" or length.ago):
                if length.months >= 12 * CHILD and not length.ago:  # 31 years and 5 months
                    found.append(_Said(int(length.months // 12), place, length.end, frozenset({"of_age"})))
                place = length.end  # in two weeks, ten years ago
                continue
            number = number_at(self._tokens, place, self._languages)
            digits = self._tokens[place].kind is Kind.NUMBER
            if number is None or (not digits and number[0] < _YOUNGEST_WORD):
                place += 1
                continue
            start, end = place, number[1]
            if self._decimal(end):
                end += 2  # 31.5 is 31 in full years
            minus = (
                start > 0
                and self._tokens[start - 1].text == "-"
                and (start == 1 or self._tokens[start - 2].kind is Kind.MARK)
            )
            cues = self._cues(start, end) | (_DECADE if self._tens(number[0], end) else frozenset())
            found.append(_Said(number[0], start, end, cues, minus))
            place = end
        return found

    def _tens(self, number: int, end: int) -> bool:
        """Whether an s is glued to round tens: in my 30s."""
        glued = end < len(self._tokens) and self._tokens[end].text == "s"
        return glued and number % 10 == 0 and self._tokens[end].start == self._tokens[end - 1].end

    def _decimal(self, end: int) -> bool:
        """Whether a point and digits follow without a blank."""
        if end + 1 >= len(self._tokens) or self._tokens[end + 1].kind is not Kind.NUMBER:
            return False
        before, mark, after = self._tokens[end - 1 : end + 2]
        return mark.text in ".," and before.end == mark.start and mark.end == after.start

    def _of_numbers(self, said: Sequence[_Said]) -> Understood:
        if not said:
            every = {
                term.group for found in terms_of("age_or_birth_date").find(self._tokens) for term in found.meanings
            }
            return _error("vague" if every & {"decade", "bound"} else "not_understood")
        ages = [item for item in said if 0 < item.number <= _OLDEST]
        if not ages or any(item.negative for item in said) or (len(said) == 1 and said[0].number > _OLDEST):
            return _error("impossible")
        denied = [item for item in ages if self._denied(item)]
        if denied and len(denied) == len(ages):
            return _error("vague")
        ages = [item for item in ages if item not in denied]
        now = [item for item in ages if not {"turning", "turned", "almost"} & item.cues]
        if len(ages) == 2 and len(now) == 1 and "turning" in (set(ages[0].cues) | set(ages[1].cues)):
            later = ages[1] if ages[0] is now[0] else ages[0]
            day = self._turning(later.number, later).value
            if (
                isinstance(day, dict)
                and "born" in day
                and age_on(date.fromisoformat(day["born"]), self._today) == now[0].number
            ):
                return Understood(value=day)  # 35, turning 36 on 2 December
            ages = now  # I'm 35, turning 36 in March
        elif len(ages) == 2 and ages[1].number == ages[0].number + 1 and self._has_time(ages[1]):
            ages = ages[:1]  # 35, 36 in March
        elif len(ages) > 1:
            of_age = [item for item in ages if "of_age" in item.cues]
            ages = of_age if len(of_age) == 1 else ages
        if len(ages) > 1:
            return _ask([{"age": item.number} for item in ages])
        return self._one(ages[0])

    def _denied(self, item: _Said) -> bool:
        """Whether a "not" stands just before: not 30 yet, noch nicht 30, pas encore 30 ans."""
        before: list[Token] = []
        for token in reversed(self._tokens[max(0, item.start - _DENYING) : item.start]):
            if token.kind is not Kind.WORD:
                break
            before.insert(0, token)
        return denies(before, self._languages)

    def _has_time(self, item: _Said) -> bool:
        return any(moment.start >= item.end for moment in moments_in(self._tokens, self._today, Toward.FUTURE))

    def _one(self, item: _Said) -> Understood:
        age = item.number
        if "korean_age" in item.cues and "legal_age" not in item.cues:
            told = "살" in {token.text for token in self._tokens} and "나" not in {token.text for token in self._tokens}
            return _ask([{"age": each} for each in ((age, age - 1, age - 2) if told else (age - 1, age - 2))])
        if self._ordinal(item.end) and "birthday" in item.cues:
            return self._nth_birthday(age, item)
        if "turned" in item.cues:
            return self._turned(age, item)
        if "turning" in item.cues:
            return self._turning(age, item)
        if "almost" in item.cues:
            return Understood(value={"age": age - 1})
        if item.cues & {"bound", "decade"}:
            return _error("vague")
        if "about" in item.cues:
            return _ask([{"age": each} for each in (age, age - 1, age + 1)])
        birthday_told = self._birthday_told()
        if birthday_told is not None:
            return self._birthday(birthday_told, age)
        time = self._time(item, Toward.FUTURE)
        if time is not None and "of_age" not in item.cues and self._just_behind(item, time):
            over = bool(time.spans) and all(last < self._today for _, last in time.spans)
            return self._turned(age, item) if over else self._turning(age, item)  # 36 in March, 34 last January
        if self._time_ahead(item):
            return self._turning(age, item)  # in two weeks I'm 36
        return Understood(value={"age": age}) if CHILD <= age <= SURELY_AN_AGE else _ask([{"age": age}])

    def _ordinal(self, place: int) -> bool:
        return place < len(self._tokens) and self._tokens[place].text in _ORDINALS

    def _nth_birthday(self, age: int, item: _Said) -> Understood:
        """My 30th birthday: one to come where it is or will be, one gone by where it was; else asked back."""
        over = {term.group for found in doubts().find(self._tokens) for term in found.meanings if term.language == "en"}
        past = "over" in over or "turned" in item.cues
        words = {token.text for token in self._tokens}
        if past:
            return self._turned(age, item)
        if words & {"is", "s", "will", "be", "coming", "in"} or "turning" in item.cues:
            return self._turning(age, item)
        return _ask([{"age": age}, {"age": age - 1}])

    def _time_ahead(self, item: _Said) -> bool:
        """Whether a time to come stands before an age in the same part of the sentence."""
        for moment in moments_in(self._tokens, self._today, Toward.FUTURE):
            between = self._tokens[moment.end : item.start] if moment.end <= item.start else None
            if between is None or moment.start == 0 or any(token.text in BREAKS for token in between):
                continue
            found = terms_of("dates").at(self._tokens, moment.start - 1)
            if found and any(term.group == "ahead" for term in fitting(found.meanings, self._languages)):
                return bool(moment.spans) and moment.spans[0][0] > self._today
        return False

    def _just_behind(self, item: _Said, time: Moment) -> bool:
        """Whether a time follows an age directly: 36 in March, my 36th birthday in March; not: 35 until March."""
        place = item.end
        while place < time.start:
            found = terms_of("dates").at(self._tokens, place) or terms_of("age_or_birth_date").at(self._tokens, place)
            groups = {term.group for term in found.meanings} if found else set()
            if not (place == item.end and self._ordinal(place)) and (
                "until" in groups or not groups & {"plain", "ahead", *BIRTH_CUES}
            ):
                return False
            place = found.end if found else place + 1
        return time.start >= item.end

    def _birthday_told(self) -> date | None:
        """The last birthday, where its day and month are told beside the age: I'm 31, my birthday is 14 March."""
        for moment in moments_in(self._tokens, self._today, Toward.PAST):
            if moment.exact and moment.grain is Grain.DAY and self._cues(moment.start, moment.end) & BIRTH_CUES:
                return moment.exact if moment.exact <= self._today else add_months(moment.exact, -12)
        return None

    def _time(self, item: _Said, toward: Toward) -> Moment | None:
        found = [
            moment
            for moment in moments_in(self._tokens, self._today, toward)
            if moment.start >= item.end or moment.end <= item.start
        ]
        return found[0] if found else None

    def _turning(self, age: int, item: _Said) -> Understood:
        """Turning 36 in March: 35 today, unless that March may be over."""
        time = self._time(item, Toward.FUTURE)
        if time is None or not time.spans:
            return Understood(value={"age": age - 1})
        exact = time.exact
        if exact is not None and time.grain is Grain.DAY:
            return self._birthday(exact, age)
        first, last = time.spans[0][0], time.spans[-1][1]
        if first > self._today and last <= birthday(self._today, 1):
            return Understood(value={"age": age - 1})
        if first <= self._today:  # this month, this year: it may have been already
            return _ask([{"age": age - 1}, {"age": age}])
        return _ask([{"age": age - 1}, {"age": age - 2}])  # next year: one birthday may still lie between

    def _turned(self, age: int, item: _Said) -> Understood:
        """Turned 30 in May: 30 since, unless it was longer ago than a year."""
        time = self._time(item, Toward.PAST)
        if time is None or not time.spans:
            return Understood(value={"age": age})
        if time.exact is not None and time.grain is Grain.DAY and time.exact <= self._today:
            return self._birthday(time.exact, age)
        ages = {age + max(0, age_on(day, self._today)) for span in time.spans for day in span if day <= self._today}
        if len(ages) == 1:
            return Understood(value={"age": ages.pop()})
        return _ask([{"age": each} for each in sorted(ages)]) if ages else Understood(value={"age": age})

    def _birthday(self, day: date, age: int) -> Understood:
        """The day of birth of someone who turns so old on that day."""
        partial = Partial(day.year - age, day.month, day.day)
        if not partial.possible or day.year - age < 1900:
            return Understood(value={"age": age if day <= self._today else age - 1})
        return Understood(value={"born": partial.span()[0].isoformat()})


def _ask(candidates: Sequence[dict[str, Any]]) -> Understood:
    unique = {str(sorted(candidate.items())): candidate for candidate in candidates}
    return Understood(ask_back=tuple(unique.values())[:_SHOWN])


def _error(kind: str) -> Understood:
    return Understood(error=f"{_ERROR}.{kind}")
