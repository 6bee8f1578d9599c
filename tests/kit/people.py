"""People in their chats, with readable verbs: ``ana.say("/start")``, ``ana.press("Just me")``, ``ana.card()``.

What people do waits for the bot to react and to come to rest, so that a test can look at once.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.local_api import LocalApi, acting, inline, membership, viewing
from bot.local_api.chats import Chat
from bot.local_api.messages import Version
from bot.local_api.people import User
from bot.local_api.settling import settle
from bot.local_api.viewing import Seen, SeenButton
from bot.local_api.world import Press

REACTS_WITHIN_SECONDS = 15.0
_NO_REACTIONS = {"getMe", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "getChat", "getChatMember"}


class PlayedWorld:
    """The world of one test: makes people and groups, and waits for the bot."""

    def __init__(self, api: LocalApi) -> None:
        self.api = api
        self.world = api.world

    def private(self, name: str, language: str = "en", username: str = "", last_name: str = "") -> "Place":
        """A new person, in their own chat with the bot."""
        user = self.world.add_user(name, last_name, username, language)
        return Place(self, user, self.world.chat(user.id))

    def group(
        self, title: str, *people: "Place", supergroup: bool = False, forum: bool = False, with_bot: bool = True
    ) -> Chat:
        """A new group of these people, created by the first of them."""
        first, *others = people
        members = [other.user.id for other in others]
        return membership.create_group(self.world, first.user.id, title, members, supergroup, forum, with_bot)

    def ever_shown(self, chat: Chat) -> list[str]:
        """Every text, file name and button label that everyone in a chat could ever read from the bot, also what was
        edited or deleted since; ephemeral messages and notices are not among them."""
        shown = []
        for message in chat.messages.values():
            if message.sender is not self.world.bot and message.via_bot is not self.world.bot:
                continue
            now = Version(message.words, message.media, message.markup, 0.0)
            for version in (*message.earlier, now):
                shown.append(version.words.text)
                shown += [version.media.file.name] if version.media else []
                rows = (version.markup or {}).get("inline_keyboard", [])
                shown += [button["text"] for row in rows for button in row]
        return shown

    async def settle(self, limit_seconds: float = REACTS_WITHIN_SECONDS) -> None:
        """Wait until the bot has done all it is going to do for now."""
        await settle(self.api, limit_seconds)

    async def until(self, reached: Callable[[], Any], what: str, limit_seconds: float = REACTS_WITHIN_SECONDS) -> None:
        """Wait until ``reached()`` is true, however the bot gets there; ``what`` is told if it never is."""
        pulse = self.world.pulse
        try:
            async with asyncio.timeout(limit_seconds):
                while not reached():
                    await pulse.wait_past(pulse.count, 1.0)
        except TimeoutError:
            raise AssertionError(f"not within {limit_seconds} s: {what}") from None

    async def reaction(self, done: Callable[[], Any], what: str, expected: bool = True) -> Any:
        """Do something, and wait until the bot has reacted with a call of its own and come to rest."""
        before = len(self.api.calls)
        result = done()

        def reacted() -> bool:
            return any(record.method not in _NO_REACTIONS for record in self.api.calls[before:])

        if expected:
            await self.until(reacted, f"a reaction to {what}")
        await self.settle()
        return result


class Place:
    """A person in one chat: what they do there, and what they see there."""

    def __init__(self, played: PlayedWorld, user: User, chat: Chat) -> None:
        self.played = played
        self.user = user
        self.chat = chat
        self.last_press: Press | None = None

    @property
    def name(self) -> str:
        """The person's first name."""
        return self.user.first_name

    def in_chat(self, chat: Chat) -> "Place":
        """The same person in another chat."""
        return Place(self.played, self.user, chat)

    # doing

    def say_now(self, text: str, **details: Any) -> None:
        """Write ``text`` and go on at once: for many people acting together."""
        acting.say(self.played.world, self.user.id, self.chat.id, text, **details)

    def press_now(self, button: str | int, message: int | None = None) -> Press:
        """Press a button and go on at once."""
        seen = self._with_button(button) if message is None else self.message(message)
        self.last_press = acting.press(
            self.played.world, self.user.id, self.chat.id, seen.id, button, ephemeral=seen.ephemeral
        )
        return self.last_press

    async def say(self, text: str, reaction: bool = True, **details: Any) -> None:
        """Write ``text``. ``reaction=False`` where the bot is not to react."""
        await self._do(acting.say, text, what=f"{self.name} saying {text[:40]!r}", reaction=reaction, **details)

    async def press(self, button: str | int, message: int | None = None, reaction: bool = True) -> None:
        """Press a button by its label, or a unique part of it, or its number: on ``message``, or else on the newest
        message that has such a button. A button of a message that the bot still paces is waited for."""
        if message is None and isinstance(button, str):
            await self.sees_button(button)
        await self.played.reaction(
            lambda: self.press_now(button, message), f"{self.name} pressing {button!r}", reaction
        )

    async def sees_button(self, label: str) -> SeenButton:
        """Wait until there is a button whose label contains this; the newest one."""
        await self.played.until(lambda: self._has_button(label), f"{self.name} seeing a button {label!r}")
        return self.find_button(label)

    async def press_old(self, data: str, message: int, reaction: bool = True) -> None:
        """Press a button that the message had earlier, by its data: a slow app may still show it."""
        self.last_press = await self._do(
            acting.press, message, 0, False, data, what=f"{self.name} pressing an old button", reaction=reaction
        )

    async def follow(self, link_or_button: str, reaction: bool = True) -> "Place":
        """Open a t.me link, or the link on a button with this label; returns the private chat it leads to."""
        link = link_or_button
        if "://" not in link:
            seen = self._with_button(link)
            found = next(each for row in seen.buttons for each in row if link in each.label)
            assert found.kind == "url", f"the button {found.label!r} is no link"
            link = found.value
        world = self.played.world
        await self.played.reaction(
            lambda: acting.open_link(world, self.user.id, link), f"{self.name} opening {link}", reaction
        )
        return Place(self.played, self.user, world.chat(self.user.id))

    async def send_file(self, name: str, media_type: str, data: bytes, reaction: bool = True, **details: Any) -> None:
        """Send a document or, with ``as_photo=True``, a picture."""
        await self._do(
            acting.send_file, name, media_type, data, what=f"{name} from {self.name}", reaction=reaction, **details
        )

    def delete(self, message: int) -> None:
        """Delete a message; the bot is not told."""
        acting.delete(self.played.world, self.user.id, self.chat.id, message)

    async def block(self, reaction: bool = False) -> None:
        """Block the bot."""
        world = self.played.world
        await self.played.reaction(lambda: acting.block(world, self.user.id), f"{self.name} blocking it", reaction)

    async def unblock(self, reaction: bool = False) -> None:
        """Let the bot in again."""
        world = self.played.world
        await self.played.reaction(lambda: acting.unblock(world, self.user.id), f"{self.name} unblocking it", reaction)

    async def ask_inline(self, query: str = "") -> list[dict[str, Any]]:
        """Type the bot's name and ``query`` here; the results that it offers."""
        world = self.played.world
        question = inline.ask(world, self.user.id, self.chat.id, query)
        await self.played.until(lambda: question.answer, f"results for {query!r}")
        assert question.answer is not None
        results: list[dict[str, Any]] = question.answer["results"]
        self._question = question.id
        return results

    async def choose(self, result_id: str, reaction: bool = False) -> None:
        """Choose one of the results offered last."""
        world = self.played.world
        await self.played.reaction(lambda: inline.choose(world, self._question, result_id), "a choice", reaction)

    async def _do(self, verb: Callable[..., Any], *details: Any, what: str, reaction: bool, **named: Any) -> Any:
        world = self.played.world
        return await self.played.reaction(
            lambda: verb(world, self.user.id, self.chat.id, *details, **named), what, reaction
        )

    # seeing

    def messages(self) -> list[Seen]:
        """All messages of the chat as this person sees them."""
        return viewing.sees(self.played.world, self.user.id, self.chat.id)

    def message(self, message_id: int) -> Seen:
        """One message by its id."""
        return next(seen for seen in self.messages() if seen.id == message_id)

    def from_bot(self) -> list[Seen]:
        """The bot's messages only."""
        return [seen for seen in self.messages() if seen.from_bot and seen.service is None]

    def card(self) -> Seen:
        """The bot's newest message."""
        own = self.from_bot()
        assert own, f"{self.name} sees no message of the bot here"
        return own[-1]

    def buttons(self) -> list[str]:
        """The labels under the bot's newest message, in reading order."""
        return [button.label for row in self.card().buttons for button in row]

    def find_button(self, label: str) -> SeenButton:
        """The newest button whose label contains this."""
        return next(each for row in self._with_button(label).buttons for each in row if label in each.label)

    def notice(self) -> str | None:
        """The short notice that the last press was answered with; None if it was not answered."""
        answer = self.last_press.answer if self.last_press else None
        return None if answer is None else str(answer["text"])

    def _has_button(self, label: str) -> bool:
        return any(label in each.label for seen in self.messages() for row in seen.buttons for each in row)

    def _with_button(self, button: str | int) -> Seen:
        own = [seen for seen in self.messages() if seen.buttons]
        if isinstance(button, int) and own:
            return own[-1]
        for seen in reversed(own):
            if any(str(button) in each.label for row in seen.buttons for each in row):
                return seen
        shown = [each.label for seen in own[-2:] for row in seen.buttons for each in row]
        raise AssertionError(f"{self.name} sees no button {button!r}; the newest are {shown}")
