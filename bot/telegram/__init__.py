"""Telegram: the HTTP client, updates into arrivals, outgoing messages into calls, polling, the menu of commands."""
