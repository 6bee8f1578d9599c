"""Whole group sessions, by both ways in."""

import pytest

from tests.kit.fixtures import bot_process, local_api, world  # noqa: F401


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    """Every scenario by both ways in."""
    return str(request.param)
