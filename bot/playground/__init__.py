"""The browser playground: phones side by side that talk to the real bot over the local Bot API server, on this machine.

``stage`` holds what is going on (people, phones, the bot's process, the clock), ``pages`` shows it, ``guard`` keeps
everybody else out. Nothing here runs where the bot serves Telegram.
"""
