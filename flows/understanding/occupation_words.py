"""The words of an answer about a job, what parts them, and the forms in which English words come."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.understanding.tokens import Kind, tokens_of

PARTED = ""  # stands where a mark parts the words before from the words after
_PARTING = frozenset(",;:!?()/")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer's words without articles. ``bound`` are the places of words that a hyphen binds to the one before,
    ``after_article`` of words that had an article before them."""

    words: tuple[str, ...]
    bound: frozenset[int]
    after_article: frozenset[int]

    def part_around(self, place: int) -> range:
        """The places from one PARTED to the next around ``place``."""
        start = place
        while start > 0 and self.words[start - 1] != PARTED:
            start -= 1
        end = place
        while end < len(self.words) and self.words[end] != PARTED:
            end += 1
        return range(start, end)

    def whole(self, start: int, end: int) -> bool:
        """Whether no hyphen binds the words from ``start`` up to ``end`` to a word outside."""
        return start not in self.bound and end not in self.bound


def said_in(text: str, articles: frozenset[str]) -> Said:
    """The words of a text in their order, with PARTED between parts of a sentence."""
    words: list[str] = []
    bound: set[int] = set()
    after_article: set[int] = set()
    hyphen = article = False
    for token in tokens_of(text):
        if token.kind is Kind.MARK:
            hyphen = token.text == "-"
            if token.text in _PARTING or (token.text == "." and not text[token.end : token.end + 1].strip()):
                words.append(PARTED)
                article = False
            continue
        if token.text in articles and not hyphen:
            article = True
            continue
        if hyphen and words and not text[token.start - 2 : token.start - 1].isspace():
            bound.add(len(words))
        if article:
            after_article.add(len(words))
        words.append(token.text)
        hyphen = article = False
    return Said(tuple(words), frozenset(bound), frozenset(after_article))


def forms_of(word: str, *, after_subject: bool = False) -> Iterator[str]:
    """Other forms in which a name may hold a typed English word: nannies - nanny, teaching - teacher.

    ``after_subject``: the word stands after "I", so that a bare verb means who does it ("I clean" - cleaner).
    """
    if len(word) < 3 or not word.isascii():
        return
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    if word.endswith("men"):
        yield word[:-3] + "man"
    yield word + "s"
    if word.endswith("ing") and len(word) > 5:
        stem = word[:-3]
        yield from (stem + "er", stem + "or", stem, stem + "e")
        if stem[-1] == stem[-2]:
            yield stem[:-1]
    if after_subject:
        yield from (word + "er", word + "r", word + word[-1] + "er", word + "or", word[:-1] + "or")
        yield from (word + "ing", word[:-1] + "ing")
