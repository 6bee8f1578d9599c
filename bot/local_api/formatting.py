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
_TAG = re.compile(r"<(/?)([^\s>]*)([^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)>")
_ATTRIBUTE = re.compile(r"([^\s=>/\"']+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]+)))?\s*")
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d+)|#x([0-9a-fA-F]+));")
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
        found = _TAG.match(source, at)
        where = len(source[:at].encode())
        closing = source.startswith("</", at)
        if closing and not open_tags:
            raise _refused(f"Unexpected end tag at byte offset {where}")
        if found is None:
            raise _unfinished(source, at, where)
        name = found[2].lower()
        if closing:
            opened = open_tags.pop()
            if name and name != opened.tag:
                raise _refused(
                    f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{name}>"'
                )
            if length > opened.offset:
                _close(opened, "".join(pieces)[opened.start :], length - opened.offset, entities)
        else:
            if name not in _TAGS:
                raise _refused(f'Unsupported start tag "{name}" at byte offset {where}')
            attributes = _attributes(found[3])
            if name == "span" and attributes.get("class") != "tg-spoiler":
                raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
            open_tags.append(_Open(name, length, sum(map(len, pieces)), attributes))
        position = found.end()
    _take(pieces, source[position:])
    if open_tags:
        raise _refused(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].tag}"')
    for entity in entities:
        entity.pop("_language", None)
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(pieces), entities


def _take(pieces: list[str], raw: str) -> int:
    """Add ``raw`` with its character references resolved; returns its length in UTF-16 code units."""

    def resolve(found: re.Match[str]) -> str:
        if found[1]:
            return _NAMED[found[1]]
        code = int(found[2]) if found[2] else int(found[3], 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]

    text = _CHARACTER.sub(resolve, raw)
    pieces.append(text)
    return units(text)


def _attributes(raw: str) -> dict[str, str]:
    return {name: html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(raw)}


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


def _unfinished(source: str, at: int, where: int) -> Exception:
    rest = source[at + 1 :]
    if rest.startswith("/"):
        return _refused(f"Unclosed end tag at byte offset {where}")
    name = re.match(r"[^\s>]*", rest)
    if name and (at + 1 + name.end()) < len(source) and name[0].lower() not in _TAGS:
        return _refused(f'Unsupported start tag "{name[0].lower()}" at byte offset {where}')
    return _refused(f"Unclosed start tag at byte offset {where}")


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
    """``text`` with its formatting as HTML again, for showing it to a person."""
    events: list[tuple[int, int, int, str]] = []
    for entity in entities:
        tags = _tags(entity)
        if tags is None:
            continue
        start, end = entity["offset"], entity["offset"] + entity["length"]
        events.append((start, 1, -entity["length"], tags[0]))
        events.append((end, 0, -start, tags[1]))
    events.sort()
    encoded = text.encode("utf-16-le")
    result: list[str] = []
    position = 0
    for at, _, _, tag in events:
        result.append(html.escape(encoded[2 * position : 2 * at].decode("utf-16-le", "replace"), quote=False))
        result.append(tag)
        position = at
    result.append(html.escape(encoded[2 * position :].decode("utf-16-le", "replace"), quote=False))
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
