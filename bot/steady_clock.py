"""Time that passes evenly, whatever becomes of the machine's clock: what waits a second waits a second.

The machine's clock is set right now and then, by a little every day and sometimes by hours. For dates it is the one that
counts; for how long something has to wait it must not be.
"""

import time
from collections.abc import Callable

# Where there is such a clock it goes on while the machine sleeps.
_PASSING = getattr(time, "CLOCK_BOOTTIME", None)


def steady_clock() -> Callable[[], float]:
    """A clock of seconds since 1970: what the machine's clock says now, and then what has passed since."""
    start = time.time() - _passed()
    return lambda: start + _passed()


def _passed() -> float:
    return time.monotonic() if _PASSING is None else time.clock_gettime(_PASSING)
