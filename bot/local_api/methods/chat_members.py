"""Asking about chats and who is in them, leaving a group, and fetching files."""

from __future__ import annotations

from typing import Any

from bot.local_api import limits
from bot.local_api.chats import Chat, Member
from bot.local_api.decoding import Kind
from bot.local_api.errors import bad_request
from bot.local_api.methods.checks import reachable
from bot.local_api.methods.registry import Call, method


@method("getMe")
def get_me(call: Call) -> dict[str, Any]:
    """Who the bot is."""
    return call.world.bot.about_itself()


@method("getChat", "chat_id", chat_id=Kind.CHAT)
def get_chat(call: Call) -> dict[str, Any]:
    """All about a chat."""
    return reachable(call.world, call.arguments["chat_id"], to_write=False).in_full()


def _with_members(call: Call) -> Chat:
    chat = reachable(call.world, call.arguments["chat_id"], to_write=False)
    if chat.migrated_to is not None:
        return reachable(call.world, chat.id)  # refuses, naming the new id
    return chat


@method("getChatMember", "chat_id", "user_id", chat_id=Kind.CHAT, user_id=Kind.INTEGER)
def get_chat_member(call: Call) -> dict[str, Any]:
    """Someone's place in a chat."""
    chat = _with_members(call)
    user_id = call.arguments["user_id"]
    member = chat.members.get(user_id)
    if member is None:
        user = call.world.users.get(user_id)
        if user is None:
            raise bad_request("invalid user_id specified")
        member = Member(user, "left")
    return member.as_json()


@method("getChatMemberCount", "chat_id", chat_id=Kind.CHAT)
def get_chat_member_count(call: Call) -> int:
    """How many are in a chat, the bot included."""
    return len(_with_members(call).present())


@method("getChatAdministrators", "chat_id", chat_id=Kind.CHAT, return_bots=Kind.BOOLEAN)
def get_chat_administrators(call: Call) -> list[dict[str, Any]]:
    """Who runs a group; other bots never, this one only if it is among them."""
    chat = _with_members(call)
    if not chat.is_group:
        raise bad_request("there are no administrators in the private chat")
    return [member.as_json() for member in chat.present() if member.status in ("creator", "administrator")]


@method("leaveChat", "chat_id", chat_id=Kind.CHAT)
def leave_chat(call: Call) -> bool:
    """The bot leaves a group."""
    world = call.world
    chat = reachable(world, call.arguments["chat_id"])
    if not chat.is_group:
        raise bad_request("chat member status can't be changed in private chats")
    before = chat.members[world.bot.id]
    after = Member(world.bot, "left")
    body = {
        "chat": chat.as_json(),
        "from": world.bot.as_json(),
        "date": int(world.clock.now()),
        "old_chat_member": before.as_json(),
        "new_chat_member": after.as_json(),
    }
    chat.members[world.bot.id] = after
    world.post(chat, world.bot, service={"left_chat_member": world.bot.as_json()})
    world.tell_bot("my_chat_member", body, lane=chat.id)
    return True


@method("getFile", "file_id", file_id=Kind.TEXT)
def get_file(call: Call) -> dict[str, Any]:
    """Where a file can be downloaded."""
    stored = call.world.files.by_id(call.arguments["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > limits.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }
