"""The list of methods: name, parameters, and the function that carries the call out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.local_api.decoding import Arguments, Kind
from bot.local_api.world import World

if TYPE_CHECKING:
    from bot.local_api.delivery import Delivery


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: the world it acts on, the way updates reach the bot, and the arguments."""

    world: World
    delivery: Delivery
    arguments: Arguments


Run = Callable[[Call], Any | Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its name, the kind of each parameter, those that must be given, and what carries it out."""

    name: str
    parameters: Mapping[str, Kind]
    required: frozenset[str]
    run: Run

    @property
    def paced(self) -> bool:
        """Whether it counts against the limits of messages: all that send or edit one."""
        return self.name.startswith(("send", "edit")) and self.name != "sendChatAction"

    def exists(self, world: World) -> bool:
        """Whether this server knows it: older ones have no ephemeral or rich messages."""
        if "Ephemeral" in self.name:
            return world.supports_ephemeral
        return world.supports_rich or "Rich" not in self.name


METHODS: dict[str, Method] = {}  # by lower-case name: Telegram does not mind the case


def method(name: str, /, *required: str, **parameters: Kind) -> Callable[[Run], Run]:
    """Declare the function that carries out the method ``name``."""

    def declare(run: Run) -> Run:
        METHODS[name.lower()] = Method(name, parameters, frozenset(required), run)
        return run

    return declare
