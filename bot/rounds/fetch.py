"""Fetches IRCC's weekly file over HTTP: bounded in time and size, past caches, never following it out of the web."""

import asyncio

import aiohttp

from bot.rounds.selections import LARGEST_FILE

TIMEOUT = aiohttp.ClientTimeout(total=60, connect=15)
HEADERS = {
    "Accept": "application/xml, text/xml",
    "Cache-Control": "no-cache",  # stale copies come back for days otherwise
    "Pragma": "no-cache",
    "User-Agent": "iec-together",
}


class FetchError(Exception):
    """The file could not be fetched; the message says why and that nothing was changed."""


async def fetch_file(url: str, limits: aiohttp.ClientTimeout = TIMEOUT) -> bytes:
    """The bytes of the weekly file at ``url``; FetchError where it cannot be had whole."""
    try:
        async with (
            aiohttp.ClientSession(timeout=limits, headers=HEADERS, trust_env=True) as session,
            session.get(url, max_redirects=3) as response,
        ):
            if response.status != 200:
                raise FetchError(f"{url} answered with status {response.status}; the figures kept so far stay")
            found = bytearray()
            async for part in response.content.iter_chunked(65536):
                found += part
                if len(found) > LARGEST_FILE:
                    raise FetchError(
                        f"{url} sends more than {LARGEST_FILE:,} bytes, which is not the weekly file; "
                        "the figures kept so far stay"
                    )
            return bytes(found)
    except TimeoutError:
        raise FetchError(f"{url} did not answer in time; the figures kept so far stay") from None
    except (aiohttp.ClientError, asyncio.IncompleteReadError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise FetchError(f"{url} cannot be fetched: {reason}; the figures kept so far stay") from None
