"""What the page's forms do. They work without scripts; with them the page stays where it is."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from aiohttp import web
from yarl import URL

from bot.local_api.errors import ApiError, NotPossible
from bot.playground import inline, trouble
from bot.playground.casts import Cast
from bot.playground.members import change_members
from bot.playground.stage import THEMES, Phone, Stage

LARGEST_FORM_BYTES = 5_000_000  # a file and its form
_SOONEST, _LATEST = date(2020, 1, 1), date(2040, 12, 31)


class Forms:
    """Everything that can be done on the page, over one stage."""

    def __init__(self, stage: Stage, casts: Mapping[str, Cast]) -> None:
        self._stage = stage
        self._casts = casts

    def add_routes(self, app: web.Application) -> None:
        """Take the forms in."""
        for name, deed in (
            ("/casts/{cast}", self._begin),
            ("/people", self._add_person),
            ("/groups", self._add_group),
            ("/day", self._move),
            ("/restart", self._restart),
            ("/members", self._change_members),
            ("/privacy", self._switch_privacy),
            ("/trouble", self._order_trouble),
            ("/phones/{phone}/file", self._send_file),
            ("/phones/{phone}/{deed}", self._on_phone),
        ):
            app.router.add_post(name, self._form(deed))

    def _form(
        self, deed: Callable[[web.Request, dict[str, str]], Awaitable[Phone | None]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Do what a form asks; then back to the page, or only whether it went well where a script asked."""

        async def answer(request: web.Request) -> web.Response:
            problem, phone = "", None
            try:
                fields = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
                phone = await deed(request, fields)
            except web.HTTPRequestEntityTooLarge:
                problem = f"a file of less than {LARGEST_FORM_BYTES // 1_000_000} MB"
            except ApiError as error:
                problem = error.description
            except (NotPossible, ValueError, KeyError) as error:
                problem = str(error) or "that did not work"
            self._stage.world.pulse.beat()
            if request.headers.get("Accept") == "application/json":
                return web.json_response({"problem": problem})
            back = URL("/").with_query({"problem": problem} if problem else {})
            raise web.HTTPSeeOther(back.with_fragment(phone.id if phone else None))

        return answer

    async def _begin(self, request: web.Request, fields: dict[str, str]) -> None:
        self._stage.begin(self._casts[request.match_info["cast"]])

    async def _add_person(self, request: web.Request, fields: dict[str, str]) -> Phone:
        return self._stage.add_person(fields.get("name", ""), fields.get("language", "en"))

    async def _add_group(self, request: web.Request, fields: dict[str, str]) -> Phone:
        return self._stage.add_group(fields.get("title", ""))

    async def _move(self, request: web.Request, fields: dict[str, str]) -> None:
        day = date.fromisoformat(fields.get("day", ""))
        if not _SOONEST <= day <= _LATEST:
            raise NotPossible(f"a day from {_SOONEST} to {_LATEST}")
        await self._stage.move_to(day)

    async def _restart(self, request: web.Request, fields: dict[str, str]) -> None:
        await self._stage.restart()

    async def _change_members(self, request: web.Request, fields: dict[str, str]) -> None:
        user = self._stage.world.user(int(fields.get("user", "0")))
        change_members(self._stage, fields.get("deed", ""), user, self._stage.phones.get(fields.get("phone", "")))

    async def _switch_privacy(self, request: web.Request, fields: dict[str, str]) -> None:
        self._stage.world.bot.privacy = not self._stage.world.bot.privacy

    async def _order_trouble(self, request: web.Request, fields: dict[str, str]) -> None:
        if "clear" in fields:
            self._stage.api.faults.clear()
            return
        times, seconds = int(fields.get("times", "")), int(fields.get("seconds", ""))
        trouble.order(self._stage.api, fields.get("kind", ""), fields.get("calls", ""), times, seconds)

    async def _send_file(self, request: web.Request, fields: dict[str, str]) -> Phone:
        phone, sent = self._phone(request), (await request.post()).get("file")
        if not isinstance(sent, web.FileField) or not sent.filename:
            raise NotPossible("choose a file first")
        self._stage.send_file(phone, sent.filename, sent.content_type, sent.file.read())
        return phone

    def _phone(self, request: web.Request) -> Phone:
        phone = self._stage.phones.get(request.match_info["phone"])
        if phone is None:
            raise NotPossible("this phone was put away")
        return phone

    async def _on_phone(self, request: web.Request, fields: dict[str, str]) -> Phone | None:
        phone = self._phone(request)
        match request.match_info["deed"]:
            case "say":
                text = fields.get("text", "")
                query = inline.typed_query(self._stage, text)
                if query is None:
                    self._stage.say(phone, text)
                else:
                    inline.ask(self._stage, phone, query)
            case "ask":
                chosen = self._stage.phones.get(fields.get("place", ""), phone)
                inline.ask(self._stage, chosen, fields.get("query", ""))
                return chosen
            case "choose" if "result" in fields:
                inline.choose(self._stage, phone, fields["result"])
            case "choose" if "start" in fields:
                return inline.follow_button(self._stage, phone)
            case "choose" if "text" in fields:
                inline.send_as_text(self._stage, phone)
            case "choose":
                phone.question = None
            case "press" if "link" in fields:
                opener = fields.get("opener", "")
                return self._stage.follow(phone, fields["link"], None if opener == "new" else int(opener))
            case "press":
                self._stage.press(phone, int(fields["message"]), fields["data"], ephemeral="ephemeral" in fields)
            case "act":
                self._stage.act_as(phone, int(fields["user"]))
            case "theme" if theme := next((each for each in THEMES if each == fields.get("theme")), None):
                phone.theme = theme
            case "close":
                self._stage.close_phone(phone)
                return None
            case other:
                raise NotPossible(f"a phone cannot {other!r}")
        return phone
