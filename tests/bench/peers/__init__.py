"""The same conversation of seven updates as a bot of each kind: a question each for /start, three texts, three presses."""
