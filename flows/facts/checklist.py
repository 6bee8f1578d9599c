"""Checklists: what to prepare for a route, and when. Which papers, not what is said of them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from flows.answer import Route
from flows.facts.record import Strict
from flows.facts.yaml_file import ContentError, YamlFile


class Moment(StrEnum):
    """When something is needed."""

    NOW = "now"
    APPLICATION = "application"
    JOURNEY = "journey"


class Only(StrEnum):
    """For whom alone an item is."""

    MARRIED = "married"
    UNMARRIED = "unmarried"
    VISA = "visa"
    NO_VISA = "no_visa"
    CHILDREN = "children"


class ChecklistItem(Strict):
    """One thing to prepare for people on any of ``routes``. ``values`` names single dated values for its text."""

    item: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    moment: Moment
    values: dict[str, str] = Field(default_factory=dict)
    only: Only | None = None

    @property
    def key(self) -> str:
        """The key of its message."""
        return f"checklist.item.{self.item}"


def load_checklists(root: Path) -> tuple[ChecklistItem, ...]:
    """Read ``checklists.yaml``; ContentError names what is wrong in it."""
    path = root / "checklists.yaml"
    try:
        file = YamlFile(path)
    except OSError as error:
        raise ContentError([f"{path}: cannot be read: {error.strerror}; expected a content file here"]) from error
    try:
        return TypeAdapter(tuple[ChecklistItem, ...]).validate_python(file.data)
    except ValidationError as error:
        raise ContentError(file.problems_of(error)) from error
