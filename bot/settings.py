"""Settings, from the environment: read once at start, wrong ones told in one line each, the token never shown.

Every variable begins with ``IEC_TOGETHER_``, but for ``TELEGRAM_BOT_TOKEN`` and ``DATABASE_URL``, which have their usual
names.
"""

import difflib
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "IEC_TOGETHER_"
HELD_AT = time(20)
"""Where the clock stands, in UTC, on a day that is fixed: it has been nine in the morning everywhere on that day."""
_UNPREFIXED = {"telegram_bot_token": "TELEGRAM_BOT_TOKEN", "database_url": "DATABASE_URL"}
_SECRET = frozenset({"telegram_bot_token", "webhook_secret", "store_keys", "database_url", "proxy"})


class SettingsError(Exception):
    """Settings that cannot be used; ``problems`` has one line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError
    return value.rstrip("/")


def _listen_address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 <= int(port) < 65536:
        raise ValueError
    return value


def _split(value: Any) -> Any:
    return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value


def _secret_web_address(value: SecretStr) -> SecretStr:
    return SecretStr(_web_address(value.get_secret_value()))


_ADDRESS = "a web address such as https://bot.example.org"
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """All settings with their defaults. Build them with ``read_settings``, which explains what is wrong."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", hide_input_in_errors=True)

    telegram_bot_token: SecretStr | None = Field(
        None,
        validation_alias=_UNPREFIXED["telegram_bot_token"],
        description="a token as BotFather gives it: digits, a colon, letters",
    )
    api_url: WebAddress = Field("https://api.telegram.org", description=_ADDRESS)
    proxy: Annotated[SecretStr, AfterValidator(_secret_web_address)] | None = Field(
        None, description="the address of an HTTP proxy such as http://127.0.0.1:3128"
    )
    store: str = Field("iec-together.db", min_length=1, description="the path of the file to keep everything in")
    database_url: SecretStr | None = Field(
        None,
        validation_alias=_UNPREFIXED["database_url"],
        description="a database such as postgresql://user@host/database",
    )
    store_keys: Annotated[list[SecretStr], NoDecode, BeforeValidator(_split)] = Field(
        [], description="Fernet keys (32 random bytes in url-safe base64), the newest first, separated by spaces"
    )
    today: date | None = Field(None, description="a day such as 2026-11-22")
    today_at: time = Field(HELD_AT, description="a time of day in UTC such as 17:30")
    webhook_url: WebAddress | None = Field(None, description=_ADDRESS)
    webhook_listen: Annotated[str, AfterValidator(_listen_address)] = Field(
        "127.0.0.1:8080", description="host:port such as 127.0.0.1:8080"
    )
    webhook_secret: SecretStr | None = Field(None, description="16 to 256 of the characters A-Z, a-z, 0-9, _ and -")
    webhook_connections: int = Field(40, ge=1, le=100, description="a whole number from 1 to 100")
    rounds_url: WebAddress = Field("https://ircc.canada.ca/english/work/iec/selections.xml", description=_ADDRESS)
    rounds_fetch: bool = Field(True, description="on or off: whether a running bot fetches round figures every week")
    rounds_archive: str | None = Field(None, min_length=1, description="the path of the file to keep round figures in")
    admin_chat: int | None = Field(None, description="the number of a chat")
    retention_days: int = Field(365, ge=1, le=3650, description="a whole number of days from 1 to 3650")
    sends_per_second: int = Field(30, ge=1, le=100_000, description="a whole number from 1 to 100000")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="one of debug, info, warning and error"
    )

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        number, colon, rest = value.get_secret_value().partition(":")
        if not colon or not number.isdigit() or not rest or not rest.replace("-", "").replace("_", "").isalnum():
            raise ValueError(
                "expected a token as BotFather gives it, such as 123456789:AAF... (digits, a colon, letters)"
            )
        return value

    @field_validator("store_keys")
    @classmethod
    def _keys(cls, value: list[SecretStr]) -> list[SecretStr]:
        from cryptography.fernet import Fernet

        for key in value:
            Fernet(key.get_secret_value())
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        secret = value.get_secret_value()
        if not 16 <= len(secret) <= 256 or not secret.replace("-", "").replace("_", "").isalnum():
            raise ValueError
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(
                f"{PREFIX}WEBHOOK_SECRET: expected a secret, because {PREFIX}WEBHOOK_URL is set, found none. "
                "Set it to 16 to 256 random characters, for example from: openssl rand -hex 32"
            )
        return self

    @property
    def store_path(self) -> Path:
        """The file of the embedded store."""
        return Path(self.store).expanduser()

    def now(self) -> datetime:
        """The moment it is taken to be: the clock's, on the chosen day where one is chosen."""
        now = datetime.now(UTC)
        return datetime.combine(self.today, now.timetz()) if self.today else now

    @property
    def rounds_file(self) -> Path:
        """The file of the archive of rounds; beside the embedded store where none is named."""
        if self.rounds_archive:
            return Path(self.rounds_archive).expanduser()
        return self.store_path.with_name(f"{self.store_path.stem}-rounds.db")

    @property
    def rounds_place(self) -> Path | str:
        """Where round figures are archived: in the database if the store is there, so that all replicas share them, else
        in the file. A file that is named goes before the database."""
        if self.database_url is None or self.rounds_archive:
            return self.rounds_file
        return self.database_url.get_secret_value()

    @property
    def keys(self) -> list[str]:
        """The keys of the store, newest first."""
        return [key.get_secret_value() for key in self.store_keys]


def read_settings() -> Settings:
    """The settings in the environment; SettingsError with one line for each that is wrong or misspelt."""
    problems = _misspelt(os.environ)
    try:
        settings = Settings()
    except ValidationError as error:
        problems += [_told(dict(problem)) for problem in error.errors(include_url=False)]
    if problems:
        raise SettingsError(problems)
    return settings


def variable_of(field: str) -> str:
    """The environment variable of a field."""
    return _UNPREFIXED.get(field, PREFIX + field.upper())


def _misspelt(environment: Mapping[str, str]) -> list[str]:
    known = [variable_of(field) for field in Settings.model_fields]
    problems = []
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f" Did you mean {near[0]}?" if near else f" The settings are: {', '.join(sorted(known))}."
            problems.append(f"{name}: there is no such setting.{hint} Correct its name, or unset it.")
    return problems


def _told(problem: dict[str, Any]) -> str:
    if not problem["loc"]:
        return str(problem["msg"]).removeprefix("Value error, ")
    located = str(problem["loc"][0])
    field = next(field for field in Settings.model_fields if located in (field, variable_of(field)))
    variable, about = variable_of(field), Settings.model_fields[field]
    found = os.environ.get(variable, "")
    shown = f"a value of {len(found)} characters (not shown)" if field in _SECRET else repr(found)
    default = about.get_default()
    fix = "Correct it, or unset it" + (
        f" to use {default if isinstance(default, time) else repr(default)}." if default not in (None, []) else "."
    )
    return f"{variable}: expected {about.description}, found {shown}. {fix}"
