"""The collector of cycles, told that what a process has loaded at its start is there to stay.

Otherwise each of its full rounds walks over everything that is known of countries and words (some hundredths of a second, in
which nobody is answered), and its small rounds come every few updates.
"""

import gc

_YOUNG = 10_000  # objects made and not yet gone until it looks for cycles among them; 700 is usual
_OLDER = 20  # rounds among the young until it looks at those that survived; 10 is usual


def settle() -> None:
    """Clean up, then look only at what is made from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLDER)
