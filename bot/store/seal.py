"""Encryption at rest: what is stored of people is sealed with the first key and opened with any of the keys.

Keys are Fernet keys (``cryptography``); to rotate, put a new one in front, reseal the store, then drop the old one.
Without keys texts are stored as they are; both kinds can be told apart, so that a key can be introduced later.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.store.contract import StoreError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

_SEALED = "gAAAA"  # how every Fernet token begins; stored texts are JSON and never do


class Seal:
    """Seals and opens texts; with no keys, ``seal`` leaves them as they are."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._fernet = _fernet(keys) if keys else None

    @property
    def active(self) -> bool:
        """Whether new texts are sealed."""
        return self._fernet is not None

    def seal(self, text: str) -> str:
        """The text as it is to be stored."""
        return self._fernet.encrypt(text.encode()).decode() if self._fernet else text

    def open(self, stored: str) -> str:
        """The text that was stored; StoreError if no key fits."""
        if not stored.startswith(_SEALED):
            return stored
        if self._fernet is None:
            raise StoreError("the store is encrypted and no key is set: set IEC_TOGETHER_STORE_KEYS to its key")
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(stored.encode()).decode()
        except InvalidToken:
            raise StoreError(
                "the store was encrypted with another key: add that key to IEC_TOGETHER_STORE_KEYS"
            ) from None


def _fernet(keys: Sequence[str]) -> "MultiFernet":
    """Loaded only where there are keys: it would be a sixth of the time that the local chat takes to open."""
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(key) for key in keys])
