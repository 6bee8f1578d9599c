"""What the conversations of the tests show, and how: as little as the engine needs."""

from dataclasses import dataclass

from flows.conversation.view import Choice, View


@dataclass(frozen=True)
class Button:
    id: str
    label: str
    url: str | None = None
    start: str | None = None


@dataclass(frozen=True)
class Rendered:
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()


def render_values(view: View) -> Rendered:
    """The values of the first words, and the buttons by their keys."""
    return Rendered(" ".join(str(value) for value in view.words[0].values.values()), buttons_of(view))


def buttons_of(view: View) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(_button(choice) for choice in row) for row in view.choices)


def _button(choice: Choice) -> Button:
    return Button(choice.id, choice.label.key, choice.url, choice.start)
