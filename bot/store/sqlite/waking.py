"""Taking the members whose moment has come, on an open transaction."""

from sqlite_utils import Database

from bot.arrival import Arrival, arrival_to_json
from bot.store.seal import Seal
from bot.store.sqlite.writing import accept
from bot.store.waking import AGAIN, waking_of


def wake(db: Database, seal: Seal, now: float, most: int, received: float) -> list[Arrival]:
    """Put an arrival into the inbox for each and move their moment on; the arrivals that are new."""
    sql = "SELECT user, session, wake FROM members WHERE wake <= ? ORDER BY wake LIMIT ?"
    due = db.execute(sql, (now, most)).fetchall()
    arrivals = [waking_of(user, session, moment, now) for user, session, moment in due]
    new = accept(db, [(a.update, a.chat, a.user, seal.seal(arrival_to_json(a)), received) for a in arrivals])
    for user, session, _ in due:
        db.execute("UPDATE members SET wake = ? WHERE user = ? AND session = ?", (now + AGAIN, user, session))
    return [arrival for arrival, is_new in zip(arrivals, new, strict=True) if is_new]
