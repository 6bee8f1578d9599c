"""The pure side, loaded and checked: content from its folder with the archived round figures, ``step``, the renderers."""

from dataclasses import replace
from functools import partial

from bot.assembly import Conversation
from bot.render.render import render_html, render_plain
from bot.rounds.keeping import Place
from bot.rounds.known import CurrentContent
from flows.content import load_content
from flows.conversation.step import step
from flows.facts.content import CONTENT_ROOT


def current_content(rounds: Place, kept_days: int | None = None) -> CurrentContent:
    """All content, with the round figures archived at ``rounds``; ContentError names every problem of the content.

    ``kept_days`` is what people are told of how long their answers are kept.
    """
    return CurrentContent(replace(load_content(CONTENT_ROOT), kept_days=kept_days), rounds)


def conversation_plain(content: CurrentContent) -> Conversation:
    """For faces that show plain text."""
    return Conversation(step, content, partial(render_plain, words=content().words))


def conversation_html(content: CurrentContent) -> Conversation:
    """For Telegram."""
    return Conversation(step, content, partial(render_html, words=content().words))
