"""Formatted text: what a bot sends in HTML, as plain text and entities, and back again for showing.

The tests put Telegram's own parser in place of ``parse_html``, and compare the two; this one makes the server run
without it. Offsets and lengths count UTF-16 code units, byte offsets in errors count UTF-8, as Telegram's do.
"""

import html
import re
from dataclasses import dataclass
from typing import Any, Protocol

from bot.local_api.errors import bad_request

Entity = dict[str, Any]

_SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_SIMPLE_TAGS, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}
_END_TAG = re.compile(r"</([^\s>]*)\s*>")
_TAG_NAME = re.compile(r"<([^\s>]*)")
_ATTRIBUTE_NAME = re.compile(r"\s*([^\s=>/\"']*)\s*")
_ATTRIBUTE_VALUE = re.compile(r"=\s*+(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]*)(?=[\s>]))")
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)(?![A-Za-z])|#(\d{1,7})(?!\d)|#x([0-9a-fA-F]{1,6})(?![0-9a-fA-F]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class TextParser(Protocol):
    """Turns formatted source into plain text and entities; raises ApiError where Telegram refuses."""

    def __call__(self, source: str, parse_mode: str) -> tuple[str, list[Entity]]:
        """``parse_mode`` is as the bot gave it (HTML, MarkdownV2, Markdown)."""
        ...


def units(text: str) -> int:
    """The length of ``text`` in UTF-16 code units, in which entities are measured."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass
class _Open:
    tag: str
    offset: int
    start: int
    attributes: dict[str, str]


def parse_html(source: str, parse_mode: str) -> tuple[str, list[Entity]]:
    """The plain text and the entities of ``source``; only HTML is known to this parser."""
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    pieces: list[str] = []
    length = 0
    position = 0
    open_tags: list[_Open] = []
    entities: list[Entity] = []
    while (at := source.find("<", position)) >= 0:
        length += _take(pieces, source[position:at])
        where = len(source[:at].encode())
        if source.startswith("</", at):
            if not open_tags:
                raise _refused(f"Unexpected end tag at byte offset {where}")
            opened = open_tags.pop()
            position = _end_tag(source, at, where, opened.tag)
            if length > opened.offset:
                _close(opened, "".join(pieces)[opened.start :], length - opened.offset, entities)
        else:
            name, attributes, position = _start_tag(source, at, where)
            open_tags.append(_Open(name, length, sum(map(len, pieces)), attributes))
    _take(pieces, source[position:])
    if open_tags:
        raise _refused(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].tag}"')
    for entity in entities:
        entity.pop("_language", None)
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(pieces), entities


def _take(pieces: list[str], raw: str) -> int:
    """Add ``raw`` with its character references resolved; returns its length in UTF-16 code units."""
    text = _resolved(raw)
    pieces.append(text)
    return units(text)


def _resolved(raw: str) -> str:
    def resolve(found: re.Match[str]) -> str:
        if found[1]:
            return _NAMED[found[1]]
        code = int(found[2]) if found[2] else int(found[3], 16)
        return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else found[0]

    return _CHARACTER.sub(resolve, raw)


def _end_tag(source: str, at: int, where: int, opened: str) -> int:
    """Where the text goes on after the end tag at ``at``, which must close ``opened``."""
    found = _END_TAG.match(source, at)
    if found is None:
        raise _refused(f"Unclosed end tag at byte offset {where}")
    name = found[1].lower()
    if name and name != opened:
        raise _refused(f'Unmatched end tag at byte offset {where}, expected "</{opened}>", found "</{name}>"')
    return found.end()


def _start_tag(source: str, at: int, where: int) -> tuple[str, dict[str, str], int]:
    """The name and attributes of the tag at ``at``, and where the text goes on."""
    named = _TAG_NAME.match(source, at)
    if named is None or named.end() == len(source):
        raise _refused(f"Unclosed start tag at byte offset {where}")
    name, position = named[1].lower(), named.end()
    if name not in _TAGS:
        raise _refused(f'Unsupported start tag "{name}" at byte offset {where}')
    attributes: dict[str, str] = {}
    while not source.startswith(">", position):
        found = _ATTRIBUTE_NAME.match(source, position)
        if found is None or (not found[1] and source.startswith(">", found.end())):
            break
        if not found[1]:
            raise _refused(f'Empty attribute name in the tag "{name}" at byte offset {where}')
        position = found.end()
        if position == len(source):
            raise _refused(f'Unclosed start tag "{name}" at byte offset {where}')
        value = _ATTRIBUTE_VALUE.match(source, position)
        if value is not None:
            given = value[1] if value[1] is not None else value[2]
            attributes[found[1]] = _resolved(given) if given is not None else value[3].lower()
            position = value.end()
            if position == len(source):
                raise _refused(f"Unclosed start tag at byte offset {where}")
        elif source.startswith("=", position):
            raise _unfinished_value(source, position + 1, name, where)
        else:
            attributes[found[1]] = ""
    position = source.index(">", position) + 1
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    return name, attributes, position


def _unfinished_value(source: str, at: int, name: str, where: int) -> Exception:
    rest = source[at:].lstrip()
    if not rest:
        return _refused(f'Unclosed start tag "{name}" at byte offset {where}')
    token = re.match(r"[A-Za-z0-9.-]*", rest)
    if rest[0] in "\"'" or token is None or token.end() == len(rest):
        return _refused(f"Unclosed start tag at byte offset {where}")
    return _refused(f"Unexpected end of name token at byte offset {len(source[: len(source) - len(rest)].encode())}")


def _close(opened: _Open, inside: str, length: int, entities: list[Entity]) -> None:
    """Add the entity of a tag that ends here."""
    entity: Entity = {"type": _SIMPLE_TAGS.get(opened.tag, opened.tag), "offset": opened.offset, "length": length}
    last = entities[-1] if entities else None
    fills = last is not None and (last["offset"], last["length"]) == (opened.offset, length)
    match opened.tag:
        case "a":
            target = opened.attributes.get("href") or inside
            user = re.fullmatch(r"tg://user\?id=(\d+)", target)
            if user:
                entity |= {"type": "text_mention", "user": {"id": int(user[1])}}
            elif (url := _checked_link(target)) is None:
                return
            else:
                entity |= {"type": "text_link", "url": url}
        case "blockquote":
            entity["type"] = "expandable_blockquote" if "expandable" in opened.attributes else "blockquote"
        case "code":
            language = opened.attributes.get("class", "")
            if language.startswith("language-"):
                entity["_language"] = language.removeprefix("language-")
        case "pre":
            if fills and last is not None and last["type"] == "code" and last.get("_language"):
                last |= {"type": "pre", "language": last["_language"]}
                return
        case "tg-emoji":
            if not opened.attributes.get("emoji-id", "").isdigit():
                raise _refused("Invalid custom emoji identifier specified", prefix="")
            entity |= {"type": "custom_emoji", "custom_emoji_id": opened.attributes["emoji-id"]}
        case "tg-time":
            if not opened.attributes.get("unix", "").isdigit():
                return
            entity |= {"type": "date_time", "unix_time": int(opened.attributes["unix"])}
            if opened.attributes.get("format"):
                entity["date_time_format"] = opened.attributes["format"]
    entities.append(entity)


def _checked_link(target: str) -> str | None:
    """The address a link leads to, or None where Telegram drops the link and keeps the words."""
    target = target.strip()
    if re.match(r"(?i)tg:(//)?", target):
        return target
    address = target if re.match(r"(?i)https?://", target) else f"http://{target}"
    found = re.fullmatch(r"(?i)(https?)://([^/?#\s]+\.[^/?#\s.]{2,})([/?#]\S*)?", address)
    if found is None:
        return None
    rest = found[3] or "/"
    return f"{found[1].lower()}://{found[2].lower()}{rest if rest.startswith('/') else '/' + rest}"


def _refused(text: str, prefix: str = "can't parse entities: ") -> Exception:
    return bad_request(prefix + text)


_SHOWN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}


def as_html(text: str, entities: list[Entity]) -> str:
    """``text`` with its formatting as HTML again, for showing it to a person. Entities nest, as Telegram's do."""
    encoded = text.encode("utf-16-le")
    result: list[str] = []
    open_tags: list[tuple[int, str]] = []  # where it ends, and the end tag
    position = 0

    def write_until(at: int) -> None:
        nonlocal position
        result.append(html.escape(encoded[2 * position : 2 * at].decode("utf-16-le", "replace"), quote=False))
        position = at

    def close_until(at: int) -> None:
        while open_tags and open_tags[-1][0] <= at:
            end, tag = open_tags.pop()
            write_until(end)
            result.append(tag)

    for entity in sorted(entities, key=lambda each: (each["offset"], -each["length"])):
        tags = _tags(entity)
        if tags is None:
            continue
        close_until(entity["offset"])
        write_until(entity["offset"])
        result.append(tags[0])
        open_tags.append((entity["offset"] + entity["length"], tags[1]))
    close_until(len(encoded) // 2)
    write_until(len(encoded) // 2)
    return "".join(result)


def _tags(entity: Entity) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind in _SHOWN:
        return f"<{_SHOWN[kind]}>", f"</{_SHOWN[kind]}>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "pre":
        return (
            (f'<pre><code class="language-{html.escape(entity["language"])}">', "</code></pre>")
            if entity.get("language")
            else ("<pre>", "</pre>")
        )
    if kind == "date_time":
        return f'<tg-time unix="{entity["unix_time"]}">', "</tg-time>"
    return None
