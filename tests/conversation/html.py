"""A strict reader of the little HTML that Telegram takes: what it refuses, it refuses here."""

from html.parser import HTMLParser

ALLOWED = {"b": set(), "i": set(), "a": {"href"}, "blockquote": {"expandable"}}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, f"<{tag}> is not taken"
        assert {name for name, _ in attributes} <= ALLOWED[tag], f"<{tag}> with {attributes}"
        assert not (tag == "blockquote" and "blockquote" in self.open), "quotes do not nest"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def check_html(text: str) -> str:
    """The visible text; AssertionError where the messenger would refuse."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open, f"never closed: {reader.open}"
    return "".join(reader.text)
