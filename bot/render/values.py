"""Values in the reader's language: dates, numbers, countries and lists, by Babel."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal


@lru_cache(maxsize=64)
def locale_of(identifier: str) -> Locale:
    """The locale for an identifier such as ``en-GB``."""
    return Locale.parse(identifier, sep="-")


@lru_cache(maxsize=4096)
def day(value: date, locale: str) -> str:
    """A day written out, such as 1 April 2032."""
    return format_date(value, "long", locale_of(locale))


@lru_cache(maxsize=1024)
def period(first: date, last: date, locale: str) -> str:
    """Two days as one span, such as 11–19 December 2026."""
    return str(format_interval(first, last, "yMMMMd", locale=locale_of(locale)))


@lru_cache(maxsize=1024)
def month(value: date, locale: str) -> str:
    """A month, such as November 2026."""
    return str(format_skeleton("yMMMM", value, locale=locale_of(locale)))


@lru_cache(maxsize=1024)
def number(value: int | float, locale: str) -> str:
    """A number with the separators of the locale."""
    return format_decimal(value, locale=locale_of(locale))


def country(code: str, locale: str) -> str:
    """A country's name; the code itself where it has none."""
    return str(locale_of(locale).territories.get(code, code))


def joined(texts: list[str], locale: str) -> str:
    """Several texts as one, such as a, b and c."""
    return format_list(texts, "standard", locale_of(locale)) if texts else ""


@lru_cache(maxsize=1024)
def plural_form(value: int | float, locale: str) -> str:
    """The plural form that the locale uses for a number."""
    return str(locale_of(locale).plural_form(value))
