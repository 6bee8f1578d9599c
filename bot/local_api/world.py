"""Everything that exists: people, chats, messages, presses, and what the bot set up. Knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.local_api.chats import Chat, ChatKind, Member
from bot.local_api.clock import Clock, SystemClock
from bot.local_api.errors import NotPossible
from bot.local_api.files import Files
from bot.local_api.formatting import TextParser, parse_html
from bot.local_api.mailbox import Mailbox
from bot.local_api.messages import Message
from bot.local_api.people import BotAccount, User
from bot.local_api.pulse import Pulse
from bot.local_api.visibility import bot_receives


@dataclass(eq=False)
class Press:
    """A pressed button that waits for the bot's answer; ``answer`` is what the person was shown."""

    id: str
    user: User
    message: Message
    data: str
    at: float
    answer: dict[str, Any] | None = None


@dataclass(eq=False)
class InlineQuestion:
    """What a person typed after the bot's name, and the results the bot offered."""

    id: str
    user: User
    chat: Chat
    query: str
    at: float
    answer: dict[str, Any] | None = None


@dataclass
class Settings:
    """What the bot or its owner set: commands and menu buttons, by scope and language."""

    commands: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)


class World:
    """The state of one bot's surroundings.

    ``supports_ephemeral`` and ``supports_rich`` say whether the server knows ephemeral and rich messages, which older
    ones do not; ``telegram_lanes`` whether presses travel
    apart from the messages of the same chat, as they do at Telegram, so that one may overtake the other on a webhook.
    """

    def __init__(
        self,
        bot: BotAccount | None = None,
        clock: Clock | None = None,
        parser: TextParser = parse_html,
        supports_ephemeral: bool = True,
        supports_rich: bool = True,
        telegram_lanes: bool = False,
    ) -> None:
        self.bot = bot or BotAccount(7_000_000_001, "iec_together_bot", "IEC together", "7000000001:local-server-only")
        self.clock: Clock = clock or SystemClock()
        self.parser = parser
        self.supports_ephemeral = supports_ephemeral
        self.supports_rich = supports_rich
        self.telegram_lanes = telegram_lanes
        self.pulse = Pulse()
        self.mailbox = Mailbox(self.clock, self.pulse)
        self.files = Files()
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.inline_questions: dict[str, InlineQuestion] = {}
        self.inline_messages: dict[str, Message] = {}
        self.prepared: dict[str, dict[str, Any]] = {}
        self.settings = Settings()
        self._numbers = 0
        self._account_message_id = 0

    def number(self) -> int:
        """A number never given before."""
        self._numbers += 1
        return self._numbers

    # people and chats

    def add_user(self, first_name: str, last_name: str = "", username: str = "", language: str = "en") -> User:
        """A new person, who has not met the bot yet."""
        user = User(500_000_000 + self.number(), first_name, last_name, username, language)
        self.users[user.id] = user
        chat = Chat(user.id, ChatKind.PRIVATE, members={user.id: Member(user), self.bot.id: Member(self.bot)})
        self.chats[chat.id] = chat
        self.pulse.beat()
        return user

    def user(self, user_id: int) -> User:
        """The person with this id."""
        try:
            return self.users[user_id]
        except KeyError:
            raise NotPossible(f"there is no person {user_id}") from None

    def chat(self, chat_id: int) -> Chat:
        """The chat with this id."""
        try:
            return self.chats[chat_id]
        except KeyError:
            raise NotPossible(f"there is no chat {chat_id}") from None

    def add_chat(self, kind: ChatKind, title: str, forum: bool = False) -> Chat:
        """A new empty group, or two people's own chat."""
        number = self.number()
        chat_id = (
            -(1_000_000_000_000 + 2_000_000_000 + number) if kind is ChatKind.SUPERGROUP else -(4_000_000 + number)
        )
        chat = Chat(chat_id, kind, title, forum=forum)
        self.chats[chat_id] = chat
        return chat

    # messages

    def next_message_id(self, chat: Chat) -> int:
        """The id of the chat's next message: supergroups count for themselves, all others together."""
        if chat.kind is ChatKind.SUPERGROUP:
            chat.last_id += 1
            return chat.last_id
        self._account_message_id += 1
        return self._account_message_id

    def post(self, chat: Chat, sender: User | BotAccount, **fields: Any) -> Message:
        """Add a message to a chat and tell the bot of it if it may see it. ``fields`` are those of Message."""
        message = Message(chat, self.next_message_id(chat), self.clock.now(), sender, order=self.number(), **fields)
        chat.messages[message.id] = message
        self._tell_of(message)
        return message

    def post_ephemeral(
        self, chat: Chat, sender: User | BotAccount, receiver: User | BotAccount, **fields: Any
    ) -> Message:
        """Add a message that only the two of them see."""
        chat.last_ephemeral_id += 1
        ephemeral_id = chat.last_ephemeral_id
        fields |= {"receiver": receiver, "ephemeral_id": ephemeral_id, "order": self.number()}
        message = Message(chat, 0, self.clock.now(), sender, **fields)
        chat.ephemeral[ephemeral_id] = message
        self._tell_of(message)
        return message

    def _tell_of(self, message: Message) -> None:
        if (
            isinstance(message.sender, User)
            and message.chat.kind is not ChatKind.BETWEEN
            and self.has_bot(message.chat)
        ):
            message.sender.known = True
        if bot_receives(self.bot, message):
            self.tell_bot("message", message.as_json(), lane=message.chat.id)
        self.pulse.beat()

    def has_bot(self, chat: Chat) -> bool:
        """Whether the bot is in this chat."""
        return chat.has(self.bot.id)

    def tell_bot(self, kind: str, body: Mapping[str, Any], lane: Hashable) -> None:
        """Put an update into the bot's mailbox."""
        self.mailbox.put(kind, dict(body), lane)

    def press_lane(self, press: Press) -> Hashable:
        """In which order a press travels: with the chat's messages, or apart as at Telegram."""
        return ("press", press.user.id) if self.telegram_lanes else press.message.chat.id
