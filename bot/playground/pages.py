"""The playground's pages: the phones, what lies behind an answer, the files, and what changes while a page is open."""

import asyncio
import contextlib
import json
from pathlib import Path

from aiohttp import web
from yarl import URL

from bot.playground.behind import Behind, behind, stored_session
from bot.playground.casts import load_casts
from bot.playground.drawing import WIDTH, drawing
from bot.playground.forms import LARGEST_FORM_BYTES, Forms
from bot.playground.guard import guarded
from bot.playground.showing import Show, environment, picture_type
from bot.playground.stage import LANGUAGES, THEMES, Phone, Stage
from bot.playground.story import story_yaml
from bot.playground.trouble import CALLS, KINDS, LONGEST_SECONDS, MOST_TIMES
from bot.store.contract import StoreError
from flows.content import Content, load_content
from flows.facts.content import CONTENT_ROOT
from flows.facts.yaml_file import ContentError
from flows.interview.diagram import mermaid

_STATIC = Path(__file__).with_name("static")
_LOOK_AGAIN_SECONDS = 5.0  # typing ends without a sign
_GATHER_SECONDS = 0.03  # what happens together is shown together


class Pages:
    """The web application over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._templates = environment()
        self._show = Show(stage, self._templates)
        self._casts = load_casts()
        self._content: tuple[int, Content] | None = None

    def application(self, host: str) -> web.Application:
        """To be served at ``host``."""
        app = web.Application(middlewares=[guarded(host)], client_max_size=LARGEST_FORM_BYTES)
        app.router.add_static("/static", _STATIC)
        app.router.add_get("/", self._front)
        app.router.add_get("/events", self._events)
        app.router.add_get("/behind", self._behind)
        app.router.add_get("/script.jsonl", self._script)
        app.router.add_get("/story.yaml", self._story)
        app.router.add_get("/file/{id}", self._file)
        Forms(self._stage, self._casts).add_routes(app)
        return app

    async def _front(self, request: web.Request) -> web.Response:
        page = self._templates.get_template("front.html").render(
            page="front",
            stage=self._stage,
            show=self._show,
            casts=self._casts.values(),
            languages=LANGUAGES,
            themes=THEMES,
            troubles=KINDS,
            calls=CALLS,
            most_times=MOST_TIMES,
            longest_seconds=LONGEST_SECONDS,
            problem=request.query.get("problem", ""),
        )
        return web.Response(text=page, content_type="text/html")

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """What changes, as server-sent events, until the page is closed."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        sent, pulse = "", self._stage.world.pulse
        with contextlib.suppress(ConnectionError):  # the page is closed
            while True:
                count = pulse.count
                live = json.dumps(self._show.live())
                if live != sent:
                    await response.write(f"data: {live}\n\n".encode())
                    sent = live
                await pulse.wait_past(count, _LOOK_AGAIN_SECONDS)
                await asyncio.sleep(_GATHER_SECONDS)
        return response

    async def _behind(self, request: web.Request) -> web.Response:
        phone, found, problem = await self._looked_behind(request)
        page = self._templates.get_template("behind.html").render(
            page="behind",
            stage=self._stage,
            phone=phone,
            behind=found,
            problem=problem or request.query.get("problem", ""),
            diagram=mermaid(),
            drawn=found.drawn() if found else drawing({}, {}),
            width=WIDTH,
        )
        return web.Response(text=page, content_type="text/html")

    async def _looked_behind(self, request: web.Request) -> tuple[Phone | None, Behind | None, str]:
        """The phone that was asked for (else the first), what lies behind it, and why that cannot be told."""
        phones = self._stage.phones
        phone = phones.get(request.query.get("phone", "")) or next(iter(phones.values()), None)
        if phone is None:
            return None, None, ""
        try:
            session = await stored_session(self._stage.store, phone)
            if session is None:
                return phone, None, ""
            content = await self._current_content()
            return phone, await asyncio.to_thread(behind, session, phone, content, self._stage.today), ""
        except (StoreError, ContentError) as error:
            return phone, None, str(error)

    async def _current_content(self) -> Content:
        """The content as the bot read it when it was last started."""
        if self._content is None or self._content[0] != self._stage.restarts:
            self._content = self._stage.restarts, await asyncio.to_thread(load_content, CONTENT_ROOT)
        return self._content[1]

    async def _script(self, request: web.Request) -> web.Response:
        name = f"chat-{self._stage.today}.jsonl"
        return web.Response(
            text=self._stage.script.text(),
            content_type="application/x-ndjson",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    async def _story(self, request: web.Request) -> web.Response:
        phone, found, problem = await self._looked_behind(request)
        if found is None:
            told = problem or "Nothing is stored for this chat yet: there is no story to save."
            raise web.HTTPSeeOther(
                URL("/behind").with_query({"problem": told} | ({"phone": phone.id} if phone else {}))
            )
        return web.Response(
            text=story_yaml(found.party, found.answer),
            content_type="application/yaml",
            headers={"Content-Disposition": f'attachment; filename="story-{self._stage.today}.yaml"'},
        )

    async def _file(self, request: web.Request) -> web.Response:
        stored = self._stage.world.files.by_id(request.match_info["id"])
        if stored is None:
            raise web.HTTPNotFound
        if (picture := picture_type(stored.data)) is not None:
            return web.Response(body=stored.data, content_type=picture)
        plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "_" for sign in stored.name)
        headers = {"Content-Disposition": f'attachment; filename="{plain}"'}
        return web.Response(body=stored.data, content_type="application/octet-stream", headers=headers)
