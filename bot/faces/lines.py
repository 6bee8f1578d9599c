"""Lines from a terminal, a pipe or a file, one at a time, such that an interrupt ends the wait for the next one."""

import asyncio
import codecs
import os
from typing import TextIO

_CHUNK = 65536


class Lines:
    """Reads ``source`` line by line. What is not text in its encoding is replaced, never an error."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._descriptor = _waitable(source)
        self._decoder = codecs.getincrementaldecoder(getattr(source, "encoding", None) or "utf-8")("replace")
        self._begun = ""
        self._ended = False

    async def next(self) -> str | None:
        """The next line without its end; None after the last."""
        if self._descriptor is None:
            line = self._source.readline()
            return line.rstrip("\r\n") if line else None
        while "\n" not in self._begun and not self._ended:
            chunk = await self._chunk(self._descriptor)
            self._ended = not chunk
            self._begun += self._decoder.decode(chunk, final=self._ended)
        line, _, self._begun = self._begun.partition("\n")
        return line.rstrip("\r") if line or self._begun or not self._ended else None

    async def _chunk(self, descriptor: int) -> bytes:
        """What can be read at once; empty at the end. The descriptor stays blocking: a terminal shares it with others."""
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(descriptor, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(descriptor)
        return os.read(descriptor, _CHUNK)


def _waitable(source: TextIO) -> int | None:
    """The descriptor of a source that can be waited for; None for files and texts, which are there at once."""
    try:
        descriptor = source.fileno()
        loop = asyncio.get_running_loop()
        loop.add_reader(descriptor, lambda: None)
        loop.remove_reader(descriptor)
    except (OSError, ValueError, NotImplementedError):
        return None
    return descriptor
