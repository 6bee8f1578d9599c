"""The messages that say why a typed answer was not understood. ``Understood.error`` is one of their keys."""

from flows.message import Message

_KINDS = {
    "citizenships": ("not_understood", "region", "denied", "none"),
    "lives_in": ("not_understood", "region"),
    "age_or_birth_date": ("not_understood", "vague", "impossible", "future"),
    "living_together_since": ("not_understood", "not_yet", "future", "impossible"),
    "day": ("not_understood", "none", "past", "future", "impossible"),
    "permit_dates": ("not_understood", "only_length", "impossible", "order"),
    "relationship_kind": ("not_understood",),
    "stage": ("not_understood",),
    "permit_kind": ("not_understood",),
    "job_state": ("not_understood",),
    "student": ("not_understood",),
    "permanent_resident": ("not_understood",),
    "who": ("not_understood",),
    "participations": ("not_understood", "which"),
    "children": ("not_understood",),
    "yes_no": ("not_understood",),
    "name": ("not_understood",),
    "occupation": ("not_understood", "no_such_code"),
    "ask": ("not_understood",),
}

ERRORS = {
    f"understand.{question}.{kind}": Message(f"understand.{question}.{kind}")
    for question, kinds in _KINDS.items()
    for kind in kinds
}
