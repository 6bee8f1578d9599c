"""Whole conversations, for the webhook behind a proxy."""

from tests.kit.fixtures import bot_process, local_api, world  # noqa: F401
