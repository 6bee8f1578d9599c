"""Who is there: people and the one bot."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class User:
    """A person. ``started`` says whether the bot may write to them, ``blocked`` whether they shut it out.

    ``known`` says whether the bot has met them: to a bot, someone it has never seen does not exist.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = "en"
    started: bool = False
    blocked: bool = False
    known: bool = False

    def as_json(self) -> dict[str, Any]:
        """The user in the Bot API's form."""
        body: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            body["last_name"] = self.last_name
        if self.username:
            body["username"] = self.username
        if self.language:
            body["language_code"] = self.language
        return body


@dataclass(eq=False)
class BotAccount:
    """The bot, with what its owner set for it.

    ``privacy`` is the group privacy mode, ``inline_feedback`` whether it is told which inline result was chosen.
    """

    id: int
    username: str
    first_name: str
    token: str
    privacy: bool = True
    inline: bool = True
    inline_feedback: bool = True
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The bot as it appears as a sender or a member."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}

    def about_itself(self) -> dict[str, Any]:
        """The bot as getMe tells it."""
        return self.as_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_guest_queries": False,
            "supports_inline_queries": self.inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
            "supports_join_request_queries": False,
        }
