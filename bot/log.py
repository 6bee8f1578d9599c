"""Logs: one JSON object a line, without tokens and without anything that people wrote.

Our own events name ids of updates, outcomes and durations only. What libraries log passes the same filter, and those
that log addresses (which hold the token) or whole updates are kept to warnings.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
_PERSONAL = frozenset({"text", "name", "user_name", "first_name", "last_name", "username", "payload", "press", "body"})
_TALKATIVE = ("httpx", "httpcore", "telegram", "telegram.ext", "aiohttp", "uvicorn", "asyncio", "hpack")

EventDict = MutableMapping[str, Any]


def redact(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Blot out tokens wherever they stand, and the values of keys that would hold what people wrote or are called."""
    for key, value in event.items():
        if key in _PERSONAL:
            event[key] = "(withheld)"
        elif isinstance(value, str):
            event[key] = _TOKEN.sub("(token)", value)
        elif not isinstance(value, int | float | bool | None):
            event[key] = _TOKEN.sub("(token)", str(value))
    return event


def set_up_logging(level: str) -> None:
    """Write logs of this level and above to standard error."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
