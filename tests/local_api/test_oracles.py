"""The oracles bite, and the server's own knowledge agrees with theirs."""

from typing import Any

import pytest
from telegram import constants as telegram_constants

from bot.local_api import limits
from bot.local_api.methods import METHODS
from bot.local_api.methods.receiving import ALL_KINDS
from tests.kit.fixtures import needs_schema

PHOTO_UPLOAD_BYTES = telegram_constants.FileSizeLimit.PHOTOSIZE_UPLOAD


@pytest.fixture
def schema() -> Any:
    from tests.kit.schema_oracle import SchemaOracle

    return SchemaOracle()


@needs_schema
def test_parameters_are_the_bot_apis(schema: Any) -> None:
    """Each method here exists there, with the same parameters, no more and no fewer."""
    differing = {}
    for method in METHODS.values():
        assert method.name in schema.methods
        names, required = schema.parameters(method.name)
        if names != set(method.parameters) or not method.required >= required:
            differing[method.name] = (names ^ set(method.parameters), required - method.required)
    assert not differing


@needs_schema
def test_kinds_of_updates_are_the_bot_apis(schema: Any) -> None:
    assert schema.update_kinds == ALL_KINDS


@needs_schema
@pytest.mark.parametrize(
    ("method", "arguments", "wrong"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x"}, ""),
        ("sendMessage", {"chat_id": 1}, "'text' is a required property"),
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}, "colour"),
        ("sendMessage", {"chat_id": 1, "text": "x", "parse_mode": "html5"}, "parse_mode"),
        ("sendMessage", {"chat_id": [], "text": "x"}, "chat_id"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "calback_data": "x"}]]}},
            "calback_data",
        ),
        ("sendMessage", {"chat_id": 1, "text": "x", "ephemeral_message_parameters": {"user": 1}}, "receiver_user_id"),
        ("sendPhoto", {"chat_id": 1, "photo": 7}, "photo"),
        ("sendMesage", {}, "no method sendMesage"),
        ("getMe", {"x": 1}, "getMe"),
        ("setMessageReaction", {"chat_id": 1, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]}, "emoji"),
    ],
)
def test_schema_finds_wrong_calls(schema: Any, method: str, arguments: dict[str, Any], wrong: str) -> None:
    found = schema.check_call(method, arguments)
    assert [wrong in each for each in found] == [True] * bool(wrong), found


@needs_schema
def test_schema_finds_wrong_results_and_updates(schema: Any) -> None:
    chat = {"id": 1, "type": "private", "first_name": "Ana"}
    message = {"message_id": 1, "date": 1, "chat": chat}
    assert schema.check_result("sendMessage", message) == []
    assert schema.check_result("sendMessage", message | {"txt": "x"})
    assert schema.check_result("sendMessage", {"message_id": 1, "chat": chat})
    assert schema.check_result("editMessageText", True) == []
    assert schema.check_result("deleteMessage", False)
    assert schema.check_update({"update_id": 1, "message": message}) == []
    assert schema.check_update({"update_id": 1, "mesage": message})
    assert schema.check_update({"update_id": 1, "message": message | {"chat": {"id": 1, "type": "privat"}}})


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (limits.TEXT_LENGTH, telegram_constants.MessageLimit.MAX_TEXT_LENGTH),
        (limits.CAPTION_LENGTH, telegram_constants.MessageLimit.CAPTION_LENGTH),
        (limits.ENTITIES, telegram_constants.MessageLimit.MESSAGE_ENTITIES),
        (limits.START_PAYLOAD_LENGTH, telegram_constants.MessageLimit.DEEP_LINK_LENGTH),
        (limits.CALLBACK_DATA_BYTES, telegram_constants.InlineKeyboardButtonLimit.MAX_CALLBACK_DATA),
        (limits.BUTTON_COPY_TEXT, telegram_constants.InlineKeyboardButtonLimit.MAX_COPY_TEXT),
        (limits.CALLBACK_ANSWER_LENGTH, telegram_constants.CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH),
        (limits.COMMANDS, telegram_constants.BotCommandLimit.MAX_COMMAND_NUMBER),
        (limits.COMMAND_LENGTH, telegram_constants.BotCommandLimit.MAX_COMMAND),
        (limits.COMMAND_DESCRIPTION_LENGTH, telegram_constants.BotCommandLimit.MAX_DESCRIPTION),
        (limits.BOT_NAME_LENGTH, telegram_constants.BotNameLimit.MAX_NAME_LENGTH),
        (limits.BOT_DESCRIPTION_LENGTH, telegram_constants.BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
        (limits.BOT_SHORT_DESCRIPTION_LENGTH, telegram_constants.BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH),
        (limits.INLINE_QUERY_LENGTH, telegram_constants.InlineQueryLimit.MAX_QUERY_LENGTH),
        (limits.INLINE_RESULTS, telegram_constants.InlineQueryLimit.RESULTS),
        (limits.INLINE_RESULT_ID_BYTES, telegram_constants.InlineQueryResultLimit.MAX_ID_LENGTH),
        (limits.DELETED_AT_ONCE, telegram_constants.BulkRequestLimit.MAX_LIMIT),
        (limits.WEBHOOK_CONNECTIONS, telegram_constants.WebhookLimit.MAX_CONNECTIONS_LIMIT),
        (limits.SECRET_TOKEN_LENGTH, telegram_constants.WebhookLimit.MAX_SECRET_TOKEN_LENGTH),
        (limits.UPDATES_AT_ONCE, telegram_constants.PollingLimit.MAX_LIMIT),
        (limits.PHOTO_BYTES, PHOTO_UPLOAD_BYTES),
        (limits.UPLOAD_BYTES, telegram_constants.FileSizeLimit.FILESIZE_UPLOAD),
        (limits.DOWNLOAD_BYTES, telegram_constants.FileSizeLimit.FILESIZE_DOWNLOAD),
        (limits.MESSAGES_A_SECOND, telegram_constants.FloodLimit.MESSAGES_PER_SECOND),
        (limits.MESSAGES_A_SECOND_IN_A_CHAT, telegram_constants.FloodLimit.MESSAGES_PER_SECOND_PER_CHAT),
        (limits.MESSAGES_A_MINUTE_IN_A_GROUP, telegram_constants.FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP),
    ],
)
def test_limits_are_those_that_others_keep(ours: int, theirs: int) -> None:
    assert ours == theirs
