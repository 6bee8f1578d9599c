"""The ready-made casts of ``casts.yaml``: people and what they do first."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

_FILE = Path(__file__).with_name("casts.yaml")


class Deed(BaseModel):
    """One step: ``who`` says something or presses a button, in their own chat or in the group."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: str
    place: str = Field("private", alias="in", pattern="^(private|group)$")
    says: str | None = None
    presses: str | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> "Deed":
        if (self.says is None) == (self.presses is None):
            raise ValueError("a step either says or presses something")
        return self


class Cast(BaseModel):
    """People, perhaps a group of them, and their first steps in order. ``about`` tells a newcomer what to expect."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    about: str
    people: tuple[str, ...]
    group: str | None = None
    do: tuple[Deed, ...]

    @model_validator(mode="after")
    def _everybody_is_there(self) -> "Cast":
        strangers = {deed.who for deed in self.do} - set(self.people)
        if strangers or (self.group is None and any(deed.place == "group" for deed in self.do)):
            raise ValueError(f"steps of people or in a group that the cast has not: {strangers or 'group'}")
        return self


def load_casts() -> dict[str, Cast]:
    """All casts by their id, in the order of the file."""
    casts = TypeAdapter(list[Cast]).validate_python(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    return {cast.id: cast for cast in casts}
