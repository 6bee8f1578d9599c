"""Taking the members whose moment has come, on a connection, in a transaction of its own."""

import psycopg

from bot.arrival import Arrival, arrival_to_json
from bot.store.seal import Seal
from bot.store.waking import AGAIN, waking_of


async def wake(
    connection: psycopg.AsyncConnection, seal: Seal, now: float, most: int, received: float
) -> list[Arrival]:
    """Put an arrival into the inbox for each and move their moment on; the arrivals that are new.

    Those that another process is taking, or whose session is being written, are left for the next time.
    """
    async with connection.transaction():
        cursor = await connection.execute(
            'SELECT "user", session, wake FROM members WHERE wake <= %s ORDER BY wake LIMIT %s FOR UPDATE SKIP LOCKED',
            (now, most),
        )
        arrivals = {
            (user, session): waking_of(user, session, moment, now) for user, session, moment in await cursor.fetchall()
        }
        if not arrivals:
            return []
        rows = sorted(arrivals.values(), key=lambda arrival: arrival.update)
        cursor = await connection.execute(
            'INSERT INTO inbox (update_id, chat, "user", payload, received) '
            'SELECT update_id, "user", "user", payload, %s '
            'FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS new (update_id, "user", payload) '
            "ON CONFLICT DO NOTHING RETURNING update_id",
            (
                received,
                [row.update for row in rows],
                [row.user for row in rows],
                [seal.seal(arrival_to_json(row)) for row in rows],
            ),
        )
        new = {update for (update,) in await cursor.fetchall()}
        await connection.execute(
            'UPDATE members SET wake = %s FROM unnest(%s::bigint[], %s::text[]) AS due ("user", session) '
            'WHERE members."user" = due."user" AND members.session = due.session',
            (now + AGAIN, [user for user, _ in arrivals], [session for _, session in arrivals]),
        )
    return [row for row in rows if row.update in new]
