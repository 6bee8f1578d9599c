"""The HTTP client that python-telegram-bot sends with: aiohttp, at about a third of the cost of its own.

It keeps the contract of ``telegram.request.BaseRequest``: the status and body of every answer, ``TimedOut`` for any
timeout, ``NetworkError`` for anything else that went wrong on the way. No message of an exception holds the address,
since that holds the token.
"""

import asyncio
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_JSON = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """Timeouts are in seconds, None means none: ``connect`` to be connected, ``write`` to have sent everything,
    ``read`` between two pieces of the answer, ``pool`` to get one of the ``connection_pool_size`` connections;
    ``media_write`` takes the place of ``write`` where files are sent. ``proxy`` is the address of an HTTP proxy.
    """

    def __init__(
        self,
        connection_pool_size: int = 256,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
        proxy: str | None = None,
    ) -> None:
        self._size = connection_pool_size
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._media_write_timeout = media_write_timeout
        self._proxy = proxy
        self._places = asyncio.Semaphore(connection_pool_size)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The read timeout where a call gives none."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; harmless when it is open."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._size, keepalive_timeout=30),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the pool; harmless when it is closed."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer; TimedOut or NetworkError if there was none."""
        if self._session is None:
            raise RuntimeError("This AiohttpRequest is not initialized!")
        files = request_data is not None and request_data.contains_files
        usual_write = self._media_write_timeout if files else self._write_timeout
        limits = _limits(
            _given(connect_timeout, self._connect_timeout),
            _given(write_timeout, usual_write),
            _given(read_timeout, self._read_timeout),
        )
        await self._enter(_given(pool_timeout, self._pool_timeout))
        try:
            return await self._send(self._session, method, url, request_data, limits)
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{_told(error, url)}") from None
        finally:
            self._places.release()

    async def _enter(self, pool_timeout: float | None) -> None:
        if not self._places.locked():
            await self._places.acquire()  # at once
            return
        try:
            async with asyncio.timeout(pool_timeout):
                await self._places.acquire()
        except TimeoutError as error:
            raise TimedOut(
                "Pool timeout: All connections in the connection pool are occupied. Request was *not* sent to Telegram. "
                "Consider adjusting the connection pool size or the pool timeout."
            ) from error

    async def _send(
        self, session: aiohttp.ClientSession, method: str, url: str, data: RequestData | None, limits: "_Limits"
    ) -> tuple[int, bytes]:
        body, headers = _body(data)
        async with asyncio.timeout(limits.until_answer) as waiting:
            async with session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=limits.of_the_session,
                allow_redirects=False,
                proxy=self._proxy,
            ) as answer:
                waiting.reschedule(None)
                return answer.status, await answer.read()


@dataclass(frozen=True)
class _Limits:
    """Seconds for each part of a request, None for no limit."""

    connect: float | None
    write: float | None
    read: float | None

    @cached_property
    def until_answer(self) -> float | None:
        """Until the answer begins: aiohttp has no limit of its own for sending, so all three parts are limited together."""
        if self.connect is None or self.write is None or self.read is None:
            return None
        return self.connect + self.write + self.read

    @cached_property
    def of_the_session(self) -> aiohttp.ClientTimeout:
        """What the session sees to by itself."""
        return aiohttp.ClientTimeout(total=None, sock_connect=self.connect, sock_read=self.read)


_limits = lru_cache(maxsize=64)(_Limits)  # nearly every request has the same


def _given(value: ODVInput[float], usual: float | None) -> float | None:
    return usual if isinstance(value, DefaultValue) else value


def _body(data: RequestData | None) -> tuple[Any, dict[str, str]]:
    """The parameters as JSON; as a form with the files as its parts where there are any."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return json.dumps(data.parameters, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"), _JSON
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form, {}


def _told(error: Exception, url: str) -> str:
    """What went wrong, without the address."""
    return f"{type(error).__name__}: {error}".replace(url, "(address)").replace(url.partition("/bot")[2], "(token)")
