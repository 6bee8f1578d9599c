"""``python -m bot diagram``: the dialogue as a Mermaid diagram."""

from pathlib import Path

from flows.interview.diagram import mermaid

COMMITTED = Path(__file__).resolve().parents[1] / "dialogue.mmd"


def run_diagram() -> int:
    """Print the diagram; ``bot/dialogue.mmd`` holds the same."""
    print(mermaid(), end="")
    return 0
