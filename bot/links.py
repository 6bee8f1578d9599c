"""One-time deep links: the token goes out, only its hash stays, so that a read store opens nobody's party."""

import hashlib
import re
import secrets

LIFETIME = 7 * 24 * 3600.0  # seconds
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """A fresh token: 256 random bits in 43 characters (a start payload holds 64 of ``A-Za-z0-9_-``)."""
    return secrets.token_urlsafe(32)


def looks_like_token(payload: str) -> bool:
    """Whether a start payload can be one of our tokens."""
    return _TOKEN.fullmatch(payload) is not None


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
