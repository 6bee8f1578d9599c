"""``python -m bot rounds import FILE`` and ``rounds fetch``: keep the newest round figures."""

import asyncio
import sys
from pathlib import Path

from bot.rounds.fetch import FetchError
from bot.rounds.keeping import ArchiveError, Kept
from bot.rounds.refresh import Refreshed, keep_file, refresh
from bot.rounds.selections import LARGEST_FILE, UnreadableFile
from bot.settings import SettingsError, read_settings
from flows.facts.content import CONTENT_ROOT, load_facts
from flows.facts.yaml_file import ContentError


def run_rounds(action: str, file: Path | None) -> int:
    """Do it; 0 where the newest figures are kept, 1 after one clear line where not, 2 for wrong usage."""
    if action not in ("import", "fetch") or (file is None) == (action == "import"):
        print("usage: rounds import FILE, or: rounds fetch", file=sys.stderr)
        return 2
    try:
        settings = read_settings()
        facts = load_facts(CONTENT_ROOT)
        now = settings.now()
        if file is None:
            found = asyncio.run(refresh(settings.rounds_place, settings.rounds_url, facts, now))
        else:
            # People are told where the figures are from, not where the file lay.
            found = keep_file(settings.rounds_place, _read(file), settings.rounds_url, facts, now)
    except (SettingsError, ContentError) as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    except (FetchError, UnreadableFile, ArchiveError) as error:
        print(f"{file or 'rounds'}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{file}: cannot be read: {error.strerror}; expected IRCC's weekly file of pools", file=sys.stderr)
        return 1
    return _tell(found)


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST_FILE + 1)


def _tell(found: Refreshed) -> int:
    for remark in found.file.remarks:
        print(f"left out: {remark}", file=sys.stderr)
    if found.kept is Kept.STALE:
        print(
            f"the file is of {found.file.data_of}, but figures of {found.newest} are kept already: refused, nothing was "
            "changed (IRCC's servers hand out old copies now and then; to build up a history, import the oldest first)",
            file=sys.stderr,
        )
        return 1
    print(f"{len(found.file.pools)} pools of {found.file.data_of}: {found.kept.value}")
    return 0
