"""The pure side, loaded and checked: content from its folder, ``step`` and the renderers."""

from functools import partial

from bot.assembly import Conversation
from bot.render.render import render_html, render_plain
from flows.content import load_content
from flows.conversation.step import step
from flows.facts.content import CONTENT_ROOT
from flows.words import WordBook


def conversation_plain() -> Conversation:
    """For faces that show plain text; ContentError names every problem of the content."""
    content = load_content(CONTENT_ROOT)
    return Conversation(step, content, partial(render_plain, words=content.words))


def conversation_html() -> tuple[Conversation, WordBook]:
    """For Telegram, with the words themselves for its menu; ContentError names every problem of the content."""
    content = load_content(CONTENT_ROOT)
    return Conversation(step, content, partial(render_html, words=content.words)), content.words
