"""Telegram: the HTTP client, updates into arrivals, outgoing messages into calls, polling, the menu of commands."""

import os

# The library's way to choose its coming representation of durations now, without a warning at every one.
os.environ.setdefault("PTB_TIMEDELTA", "true")
