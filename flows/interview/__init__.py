"""The interview: which questions there are, in which order, and what the answers make of the party."""
