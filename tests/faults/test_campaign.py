"""The campaign in a short form; the long one is ``make faults``."""

from pathlib import Path

import pytest

from tests.faults.campaign import KINDS, campaign
from tests.faults.machine import faketime
from tests.kit.postgres import needs_postgres

SEED = 11


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=needs_postgres if "postgresql" in kind else ()) for kind in KINDS]
)
async def test_a_short_campaign(kind: str, tmp_path: Path) -> None:
    counts = await campaign(kind, 8, tmp_path, seed=SEED)
    assert counts.faultless, str(counts)
    assert counts.kills and counts.updates == 40
    assert counts.full_disks or counts.database_restarts, "choose a seed with everything in it"
    assert counts.clock_leaps or faketime() is None
