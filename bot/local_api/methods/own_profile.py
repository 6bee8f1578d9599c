"""What the bot says about itself: commands by scope and language, name, descriptions, menu buttons."""

from __future__ import annotations

import re
from typing import Any

from bot.local_api import limits
from bot.local_api.decoding import Arguments, Kind
from bot.local_api.errors import bad_request
from bot.local_api.methods.checks import reachable
from bot.local_api.methods.registry import Call, method
from bot.local_api.world import World

_SCOPE = {"scope": Kind.OBJECT, "language_code": Kind.TEXT}


def _scope(world: World, arguments: Arguments) -> str:
    """The scope of commands as one word, such as ``default`` or ``chat:-100123``."""
    scope = arguments.get("scope", {"type": "default"})
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
        return str(kind)
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat_id = scope.get("chat_id")
    if isinstance(chat_id, str) and re.fullmatch(r"-?[0-9]{1,16}", chat_id):
        chat_id = int(chat_id)
    chat = reachable(world, chat_id)
    if kind != "chat_member":
        return f"{kind}:{chat.id}"
    if not isinstance(scope.get("user_id"), int):
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return f"{kind}:{chat.id}:{scope['user_id']}"


def _language(arguments: Arguments) -> str:
    language = str(arguments.get("language_code", ""))
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


@method("setMyCommands", "commands", commands=Kind.OBJECT, **_SCOPE)
def set_commands(call: Call) -> bool:
    """Set the commands that apps offer in this scope and language."""
    commands = call.arguments["commands"]
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    checked = [_checked_command(command) for command in commands]
    key = (_scope(call.world, call.arguments), _language(call.arguments))
    if checked:
        call.world.settings.commands[key] = checked
    else:
        call.world.settings.commands.pop(key, None)
    return True


def _checked_command(command: Any) -> dict[str, Any]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not isinstance(description, str):
        raise bad_request("can't parse BotCommand: command and description must be Strings")
    name = name.removeprefix("/")
    if not re.fullmatch(rf"[a-z0-9_]{{1,{limits.COMMAND_LENGTH}}}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= limits.COMMAND_DESCRIPTION_LENGTH:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return command | {"command": name}


@method("getMyCommands", **_SCOPE)
def get_commands(call: Call) -> list[dict[str, Any]]:
    """The commands set for exactly this scope and language."""
    key = (_scope(call.world, call.arguments), _language(call.arguments))
    return call.world.settings.commands.get(key, [])


@method("deleteMyCommands", **_SCOPE)
def delete_commands(call: Call) -> bool:
    """Forget the commands of this scope and language."""
    call.world.settings.commands.pop((_scope(call.world, call.arguments), _language(call.arguments)), None)
    return True


def _set_words(call: Call, words: dict[str, str], name: str, limit: int) -> bool:
    text = call.arguments.get(name, "")
    if len(text) > limit:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    language = _language(call.arguments)
    if text:
        words[language] = text
    else:
        words.pop(language, None)
    return True


def _get_words(call: Call, words: dict[str, str], name: str, otherwise: str = "") -> dict[str, str]:
    return {name: words.get(_language(call.arguments), words.get("", otherwise))}


_LANGUAGE = {"language_code": Kind.TEXT}


@method("setMyName", name=Kind.TEXT, **_LANGUAGE)
def set_name(call: Call) -> bool:
    """Name the bot for readers of a language."""
    return _set_words(call, call.world.bot.names, "name", limits.BOT_NAME_LENGTH)


@method("getMyName", **_LANGUAGE)
def get_name(call: Call) -> dict[str, str]:
    """The bot's name for readers of a language."""
    return _get_words(call, call.world.bot.names, "name", call.world.bot.first_name)


@method("setMyDescription", description=Kind.TEXT, **_LANGUAGE)
def set_description(call: Call) -> bool:
    """What an empty chat with the bot shows."""
    return _set_words(call, call.world.bot.descriptions, "description", limits.BOT_DESCRIPTION_LENGTH)


@method("getMyDescription", **_LANGUAGE)
def get_description(call: Call) -> dict[str, str]:
    """What an empty chat with the bot shows."""
    return _get_words(call, call.world.bot.descriptions, "description")


@method("setMyShortDescription", short_description=Kind.TEXT, **_LANGUAGE)
def set_short_description(call: Call) -> bool:
    """What the bot's profile says."""
    return _set_words(call, call.world.bot.short_descriptions, "short_description", limits.BOT_SHORT_DESCRIPTION_LENGTH)


@method("getMyShortDescription", **_LANGUAGE)
def get_short_description(call: Call) -> dict[str, str]:
    """What the bot's profile says."""
    return _get_words(call, call.world.bot.short_descriptions, "short_description")


@method("setChatMenuButton", chat_id=Kind.INTEGER, menu_button=Kind.OBJECT)
def set_menu_button(call: Call) -> bool:
    """The button beside the text field: for one person's chat, or for all."""
    button = call.arguments.get("menu_button", {"type": "default"})
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    page = button.get("web_app")
    if button["type"] == "web_app" and not (button.get("text") and isinstance(page, dict) and page.get("url")):
        raise bad_request("can't parse menu button: a web_app button needs a text and a url")
    call.world.settings.menu_buttons[_menu_chat(call)] = button
    return True


@method("getChatMenuButton", chat_id=Kind.INTEGER)
def get_menu_button(call: Call) -> dict[str, Any]:
    """The button beside the text field, as set."""
    buttons = call.world.settings.menu_buttons
    return buttons.get(_menu_chat(call), buttons.get(None, {"type": "default"}))


def _menu_chat(call: Call) -> int | None:
    chat_id = call.arguments.get("chat_id")
    if chat_id is None:
        return None
    if chat_id not in call.world.users:
        raise bad_request("chat not found")
    return reachable(call.world, chat_id).id
