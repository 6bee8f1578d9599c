"""The campaign in a short form; the long one is ``make faults``."""

from pathlib import Path

import pytest

from tests.faults.campaign import KINDS, campaign
from tests.kit.postgres import needs_postgres


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=needs_postgres if "postgresql" in kind else ()) for kind in KINDS]
)
async def test_a_short_campaign(kind: str, tmp_path: Path) -> None:
    counts = await campaign(kind, 6, tmp_path, seed=11)
    assert counts.faultless, str(counts)
    assert counts.kills and counts.updates == 30
