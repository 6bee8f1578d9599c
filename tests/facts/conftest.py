import shutil
from pathlib import Path

import pytest

from flows.facts.content import CONTENT_ROOT, Facts, load_facts
from tests.facts.broken import Copy


@pytest.fixture(scope="session")
def facts() -> Facts:
    return load_facts(CONTENT_ROOT)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    root = tmp_path / "content"
    shutil.copytree(CONTENT_ROOT, root)
    return Copy(root)
