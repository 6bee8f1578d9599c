from datetime import date

import pytest

from flows.facts.content import CONTENT_ROOT, Facts, load_facts


@pytest.fixture(scope="session")
def facts() -> Facts:
    return load_facts(CONTENT_ROOT)


@pytest.fixture
def today() -> date:
    return date(2026, 11, 22)
