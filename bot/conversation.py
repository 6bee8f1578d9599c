"""The pure side, loaded and checked: content from its folder with the archived round figures, ``step``, the renderers."""

from functools import partial

from bot.assembly import Conversation
from bot.render.render import render_html, render_plain
from bot.rounds.keeping import Place
from bot.rounds.known import CurrentContent
from flows.content import load_content
from flows.conversation.step import step
from flows.facts.content import CONTENT_ROOT


def current_content(rounds: Place) -> CurrentContent:
    """All content, with the round figures archived at ``rounds``; ContentError names every problem of the content."""
    return CurrentContent(load_content(CONTENT_ROOT), rounds)


def conversation_plain(content: CurrentContent) -> Conversation:
    """For faces that show plain text."""
    return Conversation(step, content, partial(render_plain, words=content().words))


def conversation_html(content: CurrentContent) -> Conversation:
    """For Telegram."""
    return Conversation(step, content, partial(render_html, words=content().words))
