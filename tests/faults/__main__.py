"""``python -m tests.faults [FAULTS] [SEED]``: so many faults for each way of running the bot; counts, and exit status 1 if
anything was lost."""

import asyncio
import sys
import tempfile
from pathlib import Path
from time import monotonic

from tests.faults.campaign import KINDS, campaign
from tests.faults.machine import HOW as NO_CLOCKS
from tests.faults.machine import faketime
from tests.kit.postgres import HOW, binaries


def main(faults: int = 200, seed: int = 1) -> int:
    """Print the counts."""
    faultless = True
    if faketime() is None:
        print(NO_CLOCKS)
    print(f"{faults} faults for each, seed {seed}")
    for kind in KINDS:
        if "postgresql" in kind and binaries() is None:
            print(f"{kind}: skipped: {HOW}")
            continue
        start = monotonic()
        with tempfile.TemporaryDirectory(prefix="iec-faults-") as folder:
            counts = asyncio.run(campaign(kind, faults, Path(folder), seed))
        print(f"{kind} ({monotonic() - start:.0f} s): {counts}", flush=True)
        faultless = faultless and counts.faultless
    return 0 if faultless else 1


if __name__ == "__main__":
    sys.exit(main(*(int(given) for given in sys.argv[1:3])))
