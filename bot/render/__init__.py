"""Rendering: from a view's keys and values to the text that a person reads, in their language."""
