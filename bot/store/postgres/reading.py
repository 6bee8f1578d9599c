"""What is read for every update, for many chats at once: those who ask at the same moment share one question.

Each question is a round trip and a statement to plan; at a few hundred updates a second they would cost more than the
work itself.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, LiteralString

from bot.store.postgres.batch import Batch

Row = tuple[Any, ...]
Ask = Callable[..., Awaitable[list[Row]]]

_FIRST_WAITING: LiteralString = """
    SELECT wanted.chat, first.payload, first.tries, first.not_before
    FROM unnest(%s::bigint[]) AS wanted (chat) CROSS JOIN LATERAL (
        SELECT payload, tries, not_before FROM inbox
        WHERE state = 'waiting' AND inbox.chat = wanted.chat ORDER BY update_id LIMIT 1
    ) AS first"""
_UNSENT: LiteralString = """
    SELECT wanted.chat, unsent.id, unsent.payload, unsent.tries, unsent.not_before
    FROM unnest(%s::bigint[]) AS wanted (chat) CROSS JOIN LATERAL (
        SELECT id, payload, tries, not_before FROM outbox WHERE outbox.chat = wanted.chat ORDER BY id LIMIT 100
    ) AS unsent ORDER BY unsent.id"""
_PRESENT: LiteralString = """
    SELECT u."user", s.data, s.revision FROM users u JOIN sessions s ON s.id = u.session
    WHERE u."user" = ANY(%s::bigint[])"""
_CHATS: LiteralString = "SELECT chat, card, board, thread FROM chats WHERE chat = ANY(%s::bigint[])"
_DONE: LiteralString = "DELETE FROM outbox WHERE id = ANY(%s::bigint[])"


class Reading:
    """``ask`` gives the rows of a statement. The first column of each row, its key, is left out of what is answered."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._batches = {sql: _batch(ask, sql) for sql in (_FIRST_WAITING, _UNSENT, _PRESENT, _CHATS)}
        self._done: Batch[Sequence[int], None] = Batch(self._take_off)

    async def first_waiting(self, chat: int) -> list[Row]:
        """Payload, tries and moment of the first waiting update of a chat; no row if there is none."""
        return await self._batches[_FIRST_WAITING].put(chat)

    async def unsent(self, chat: int) -> list[Row]:
        """Number, payload, tries and moment of each unsent message of a chat, in their order; at most a hundred."""
        return await self._batches[_UNSENT].put(chat)

    async def present_session(self, user: int) -> list[Row]:
        """Data and revision of a user's present session."""
        return await self._batches[_PRESENT].put(user)

    async def chat(self, chat: int) -> list[Row]:
        """Card, board and topic of a chat."""
        return await self._batches[_CHATS].put(chat)

    async def take_off(self, messages: Sequence[int]) -> None:
        """Delete these messages; not a reading, but shared in the same way."""
        await self._done.put(messages)

    async def _take_off(self, wishes: Sequence[Sequence[int]]) -> Sequence[None]:
        await self._ask(f"{_DONE} RETURNING id", sorted(number for numbers in wishes for number in numbers))
        return [None] * len(wishes)


def _batch(ask: Ask, sql: LiteralString) -> Batch[int, list[Row]]:
    async def answer(keys: Sequence[int]) -> Sequence[list[Row]]:
        found: dict[int, list[Row]] = {key: [] for key in keys}
        for key, *row in await ask(sql, list(found)):
            found[key].append(tuple(row))
        return [found[key] for key in keys]

    return Batch(answer)
