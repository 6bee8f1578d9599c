"""What is going on in the playground: people, the phones that show their chats, the bot's process and its day."""

import asyncio
import contextlib
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from bot.local_api import LocalApi, acting, membership, viewing
from bot.local_api.chats import Chat
from bot.local_api.errors import NotPossible
from bot.local_api.people import User
from bot.local_api.settling import settle
from bot.local_api.viewing import SeenButton
from bot.local_api.world import InlineQuestion, Press
from bot.playground.bot_process import BotProcess
from bot.playground.casts import Cast, Deed
from bot.playground.script import Script

Theme = Literal["system", "light", "dark"]
THEMES: tuple[Theme, ...] = ("system", "light", "dark")
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "ja", "ko")
BOT_HOSTS = ("t.me", "telegram.me")
_DAY = 86_400
_READY_WITHIN_SECONDS = 60.0
_ANSWERS_WITHIN_SECONDS = 60.0


@dataclass
class Phone:
    """One chat in the hands of one person. ``notice`` is what the bot last answered a press with, ``question`` what was
    last asked by inline mode and not chosen from yet."""

    id: str
    chat: Chat
    user: User
    theme: Theme = "system"
    notice: str = ""
    question: InlineQuestion | None = None


class Stage:
    """Everything that can be done on the page. NotPossible, in words, where an app would not let people do it."""

    def __init__(self, api: LocalApi, store: Path, today: date, rounds: Path | None = None) -> None:
        self.api = api
        self.world = api.world
        self.store = store
        self.today = today
        self.people: list[User] = []
        self.phones: dict[str, Phone] = {}
        self.script = Script()
        self.problem = ""
        self.restarts = 0
        self._receives = False
        self._bot = BotProcess(api.address, api.token, store, rounds, self.world.pulse.beat)
        self._tasks: set[asyncio.Task[None]] = set()
        self._playing: asyncio.Task[None] | None = None
        self._align_clock()

    async def start(self) -> None:
        """Start the bot; it is ready some seconds later."""
        self._receives = False
        await self._bot.start(self.today)
        self._keep(self._notice_ready())

    async def close(self) -> None:
        """End the bot and whatever is still being played."""
        for task in self._tasks:
            task.cancel()
        await self._bot.close()

    @property
    def state(self) -> Literal["ready", "starting", "ended"]:
        """How the bot's process is."""
        if not self._bot.running:
            return "ended"
        return "ready" if self._receives else "starting"

    def last_words(self) -> str:
        """What the bot wrote last, for when it has ended."""
        return self._bot.last_words()

    # people and phones

    def add_person(self, name: str, language: str = "en") -> Phone:
        """A new person with a phone that shows their own chat with the bot."""
        name = " ".join(name.split())
        if not name or len(name) > 64:
            raise NotPossible("a name has 1 to 64 characters")
        user = self.world.add_user(name, language=language if language in LANGUAGES else "en")
        self.people.append(user)
        return self.phone_of(self.world.chat(user.id), user)

    def add_group(self, title: str) -> Phone:
        """A group of everybody, with the bot, created by the first of them."""
        if not self.people:
            raise NotPossible("add a person first")
        first, *others = self.people
        members = [other.id for other in others]
        chat = membership.create_group(self.world, first.id, title.strip() or "Our group", members, supergroup=True)
        membership.add_bot(self.world, first.id, chat.id)
        return self.phone_of(chat, first)

    def act_as(self, phone: Phone, user_id: int) -> None:
        """Hand the phone of a group to another of its members; someone who is not in it yet joins."""
        user = self.world.user(user_id)
        if not phone.chat.is_group:
            raise NotPossible("a private chat has one person only")
        if not phone.chat.has(user.id):
            membership.join(self.world, user.id, phone.chat.id)
        phone.user, phone.notice, phone.question = user, "", None

    def close_phone(self, phone: Phone) -> None:
        """Put a phone away; the chat goes on."""
        del self.phones[phone.id]

    def phone_of(self, chat: Chat, user: User) -> Phone:
        """The phone that shows this chat, taken out for ``user`` if none does."""
        for phone in self.phones.values():
            if phone.chat is chat:
                return phone
        phone = Phone(f"p{self.world.number()}", chat, user)
        self.phones[phone.id] = phone
        return phone

    # doing

    def say(self, phone: Phone, text: str) -> None:
        """Write something."""
        phone.notice, phone.question = "", None
        acting.say(self.world, phone.user.id, phone.chat.id, text)
        self.script.said(phone.user, phone.chat, text.strip())

    def send_file(self, phone: Phone, name: str, media_type: str, data: bytes) -> None:
        """Send a file; a picture goes as a photo, as apps send it."""
        phone.notice = ""
        photo = media_type in ("image/png", "image/jpeg")
        acting.send_file(self.world, phone.user.id, phone.chat.id, name, media_type, data, as_photo=photo)

    def press(self, phone: Phone, message: int, data: str, *, ephemeral: bool = False) -> asyncio.Task[None]:
        """Press the button that sends ``data``; what the bot answers is shown, or opened, by the task returned."""
        phone.notice = ""
        press = acting.press(self.world, phone.user.id, phone.chat.id, message, 0, ephemeral, data)
        self.script.pressed(phone.user, phone.chat, data)
        return self._keep(self._show_answer(phone, press))

    def follow(self, phone: Phone, link: str, user_id: int | None) -> Phone:
        """Open a link to the bot that this phone shows, as somebody (None: a new person); the phone it leads to."""
        user = (
            self.world.user(user_id) if user_id is not None else self.add_person(f"Friend {len(self.people) + 1}").user
        )
        number = self._number_of(phone, link)
        to_group = "startgroup" in parse_qs(urlsplit(link).query, keep_blank_values=True)
        group = next((each.chat for each in self.phones.values() if each.chat.is_group), None)
        if to_group and group is None:
            group = self.add_group("").chat
        acting.open_link(self.world, user.id, link, group.id if to_group and group else None)
        self.script.followed(user, phone.chat, number)
        return self.phone_of(group if to_group and group else self.world.chat(user.id), user)

    def _number_of(self, phone: Phone, link: str) -> int:
        """Which of the links to the bot on this phone it is, from the newest on."""
        shown = viewing.sees(self.world, phone.user.id, phone.chat.id)
        links = [button.value for seen in shown for row in seen.buttons for button in row if self.leads_to_bot(button)]
        if link not in links:
            raise NotPossible("this link is no longer there")
        return links[::-1].index(link) + 1

    def leads_to_bot(self, button: SeenButton) -> bool:
        """Whether a button is a link that opens the bot."""
        if button.kind != "url":
            return False
        address = urlsplit(str(button.value))
        return address.hostname in BOT_HOSTS and address.path.strip("/").lower() == self.world.bot.username.lower()

    async def _show_answer(self, phone: Phone, press: Press) -> None:
        user, pulse = phone.user, self.world.pulse
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_ANSWERS_WITHIN_SECONDS):
                while press.answer is None:
                    await pulse.wait_past(pulse.count, _ANSWERS_WITHIN_SECONDS)
        answer = press.answer or {}
        phone.notice = str(answer.get("text") or "")
        if answer.get("url"):
            acting.open_link(self.world, user.id, str(answer["url"]))
            self.script.followed(user, phone.chat, 1)
            self.phone_of(self.world.chat(user.id), user)
        pulse.beat()

    # the bot and its day

    async def restart(self) -> None:
        """Kill the bot as a power cut would, and start it again on the same store, with the content as it is now."""
        await self._bot.kill()
        self.restarts += 1
        await self.start()
        self.world.pulse.beat()

    async def move_to(self, day: date) -> None:
        """Make it another day, for the bot and for Telegram's clock."""
        self.today = day
        self._align_clock()
        await self.restart()

    async def _notice_ready(self) -> None:
        while self._bot.running and not self.api.polled:
            await self.world.pulse.wait_past(self.world.pulse.count, 1.0)
        self._receives = self._bot.running
        self.world.pulse.beat()

    def _align_clock(self) -> None:
        shown = datetime.fromtimestamp(self.world.clock.now(), UTC).date()
        advance = getattr(self.world.clock, "advance", None)
        if advance is not None:
            advance((self.today - shown).days * _DAY)

    # casts

    def begin(self, cast: Cast) -> None:
        """Clear the stage and let this cast play its first steps; they go on by themselves."""
        if self._playing is not None:
            self._playing.cancel()
        self.api.faults.clear()
        self.people, self.phones, self.script, self.problem = [], {}, Script(), ""
        for name in cast.people:
            self.add_person(name)
        if cast.group is not None:
            group = self.add_group(cast.group)
            self.phones = {group.id: group, **{key: phone for key, phone in self.phones.items() if phone is not group}}
        self._playing = self._keep(self._play(cast.do))

    async def _play(self, deeds: tuple[Deed, ...]) -> None:
        try:
            async with asyncio.timeout(_READY_WITHIN_SECONDS):
                while self.state != "ready":
                    await self.world.pulse.wait_past(self.world.pulse.count, 1.0)
            for deed in deeds:
                await settle(self.api, _ANSWERS_WITHIN_SECONDS)
                await self._do(deed)
        except (NotPossible, TimeoutError) as error:
            self.problem = f"The cast stopped: {error or 'the bot did not get ready'}"
            self.world.pulse.beat()

    async def _do(self, deed: Deed) -> None:
        user = next(person for person in self.people if person.first_name == deed.who)
        group = deed.place == "group"
        phone = next(
            (each for each in self.phones.values() if (each.chat.is_group if group else each.chat.id == user.id)), None
        )
        if phone is None:
            raise NotPossible("a phone that it needs was put away")
        if group:
            self.act_as(phone, user.id)
        if deed.says is not None:
            self.say(phone, deed.says)
        else:
            await self._press_by_label(phone, deed.presses or "")

    async def _press_by_label(self, phone: Phone, label: str) -> None:
        for seen in reversed(viewing.sees(self.world, phone.user.id, phone.chat.id)):
            for button in (each for row in seen.buttons for each in row if each.label == label):
                if button.kind == "url":
                    self.follow(phone, str(button.value), phone.user.id)
                else:
                    await self.press(phone, seen.id, str(button.value), ephemeral=seen.ephemeral)
                return
        raise NotPossible(f"there is no button {label!r}")

    def others(self, phone: Phone) -> Iterator[User]:
        """Everybody but whose phone it is, then they themselves: in the order in which a link of theirs is opened."""
        yield from (person for person in self.people if person is not phone.user)
        yield phone.user

    def _keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
