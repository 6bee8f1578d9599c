"""What Telegram finds in plain text by itself: commands, mentions, hashtags, links, e-mail addresses."""

import re

from bot.local_api.formatting import Entity, units

_PATTERNS = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w@/<>])")),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w-])")),
    (
        "url",
        re.compile(r"(?<![\w@.-])https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#][^\s<>]*)?"),
    ),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")),
)


def recognised(text: str, given: list[Entity]) -> list[Entity]:
    """``given`` entities and those found in the rest of ``text``, in order."""
    found: list[Entity] = list(given)
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in given if entity["type"] in _CLOSED]
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            words = match[0].rstrip(".,;:!?)'\"") if kind == "url" else match[0]
            offset = units(text[: match.start()])
            end = offset + units(words)
            if all(end <= start or offset >= stop for start, stop in taken):
                taken.append((offset, end))
                found.append({"type": kind, "offset": offset, "length": end - offset})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


# Inside these, and across one another, nothing further is recognised.
_CLOSED = {"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
