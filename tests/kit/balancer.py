"""A load balancer for tests: hands requests to several bots in turn, and to the next where one does not answer."""

from collections.abc import Sequence
from itertools import count
from typing import Self

import aiohttp
from aiohttp import web

_KEPT = ("X-Telegram-Bot-Api-Secret-Token", "Content-Type")


class Balancer:
    """``async with Balancer(["http://127.0.0.1:1234", ...]) as balancer``; ``address`` is its own."""

    def __init__(self, behind: Sequence[str]) -> None:
        self._behind = list(behind)
        self._turn = count()
        self.served = dict.fromkeys(self._behind, 0)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=10**7)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._client = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()
        await self._runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: request.headers[name] for name in _KEPT if name in request.headers}
        first = next(self._turn)
        for offset in range(len(self._behind)):
            target = self._behind[(first + offset) % len(self._behind)]
            try:
                async with self._client.request(
                    request.method, target + request.path, data=body, headers=headers
                ) as answer:
                    self.served[target] += 1
                    return web.Response(status=answer.status, body=await answer.read())
            except aiohttp.ClientError:
                continue
        return web.Response(status=502)
