"""A typed text as tokens: words without accents and capitals, numbers, flags, single CJK signs, and marks between."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

# Letters that Unicode does not decompose, as people without such keys type them.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ς": "σ", "ʻ": "'"}
)
_CJK = "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3"
_NUMERALS = "〇零一二三四五六七八九十百"
_TOKEN = re.compile(
    "(?P<flag>[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0020-\U000e007f]+)"
    "|(?P<half>½)"
    r"|(?P<number>\d+)"
    f"|(?P<numeral>[{_NUMERALS}]+)(?=[年月日歲歳才岁號号])"
    rf"|(?P<sign>[{_CJK}])"
    r"|(?P<initials>\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?)"
    rf"|(?P<word>(?:(?![{_CJK}])[^\W\d_][\u0300-\u036f]*)+)"
    r"|(?P<mark>[^\w\s])"
    r"|(?P<newline>\n)"
)
_PLAIN_WORDS = re.compile(r"[a-z]+|\d+")
_SAME_MARK = dict(
    zip("，、､；。．（）［］「」：‐‑–—−／・＆！？’‘`´\n", ",,,;..()()\"\":-----//&!?'''';", strict=True)
)  # the many signs that people's keyboards give for one mark; a line's end parts like a semicolon


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    FLAG = "flag"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``text`` is folded, ``raw`` as typed, ``start`` and ``end`` its place in the typed text."""

    text: str
    raw: str
    start: int
    end: int
    kind: Kind

    @property
    def capitals(self) -> bool:
        """Whether it was typed in capital letters only."""
        return self.kind is Kind.WORD and self.raw.isupper()


def fold(text: str) -> str:
    """The text without capitals and accents, so that spellings meet; kana and hangul stay whole."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN_LETTERS)
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFC", "".join(letters))


def _digits(text: str) -> str:
    return text if text.isascii() else "".join(str(unicodedata.digit(digit)) for digit in text)


def _numeral(signs: str) -> int:
    """The number that Chinese signs write, by place (二〇二四) or by tens (八十五)."""
    if "十" not in signs and "百" not in signs:
        return int("".join(str(_digit(sign)) for sign in signs)[:9])
    total = ones = 0
    for sign in signs[:9]:
        if sign in "十百":
            total += max(ones, 1) * (10 if sign == "十" else 100)
            ones = 0
        else:
            ones = _digit(sign)
    return total + ones


def _digit(sign: str) -> int:
    return 0 if sign == "零" else "〇一二三四五六七八九".index(sign)


def tokens_of(text: str) -> list[Token]:
    """All tokens of a text in their order; a line's end counts as a semicolon, ½ as ``half``."""
    found = []
    for match in _TOKEN.finditer(text):
        raw, start, end = match.group(), match.start(), match.end()
        match match.lastgroup:
            case "flag":
                found.append(Token(raw, raw, start, end, Kind.FLAG))
            case "number":
                found.append(Token(_digits(raw), raw, start, end, Kind.NUMBER))
            case "numeral":
                found.append(Token(str(_numeral(raw)), raw, start, end, Kind.NUMBER))
            case "sign" | "word":
                found.append(Token(fold(raw), raw, start, end, Kind.WORD))
            case "half":
                found.append(Token("half", raw, start, end, Kind.WORD))
            case "initials":
                found.append(Token(fold(raw.replace(".", "")), raw.replace(".", ""), start, end, Kind.WORD))
            case _:
                mark = _SAME_MARK.get(raw, raw)
                found.append(Token(mark, raw, start, end, Kind.MARK))
    return found


def words_of(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text, without marks: the form in which phrases are compared."""
    if text.isascii() and "." not in text:  # most names and phrases: the same result, sooner
        return tuple(_PLAIN_WORDS.findall(text.lower()))
    return tuple(token.text for token in tokens_of(text) if token.kind is not Kind.MARK)
