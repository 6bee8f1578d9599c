"""Wrong settings are told at start, each in one line with its name, and secrets are never shown."""

import os
from datetime import date

import pytest
from cryptography.fernet import Fernet

from bot.settings import SettingsError, read_settings

TOKEN = "123456:AAF-secret_part"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("IEC_TOGETHER_") or name in ("TELEGRAM_BOT_TOKEN", "DATABASE_URL"):
            monkeypatch.delenv(name)


def test_without_any_setting_there_are_good_defaults() -> None:
    settings = read_settings()
    assert settings.telegram_bot_token is None and settings.webhook_url is None
    assert settings.api_url == "https://api.telegram.org"


def test_everything_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [Fernet.generate_key().decode() for _ in range(2)]
    for name, value in {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "IEC_TOGETHER_API_URL": "http://127.0.0.1:81/",
        "IEC_TOGETHER_TODAY": "2026-12-01",
        "IEC_TOGETHER_STORE_KEYS": ", ".join(keys),
        "IEC_TOGETHER_WEBHOOK_URL": "https://bot.example.org/",
        "IEC_TOGETHER_WEBHOOK_SECRET": "s" * 16,
        "IEC_TOGETHER_ADMIN_CHAT": "-100123",
        "IEC_TOGETHER_LOG_LEVEL": "WARNING",
    }.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert settings.today == date(2026, 12, 1)
    assert settings.keys == keys
    assert (settings.api_url, settings.webhook_url) == ("http://127.0.0.1:81", "https://bot.example.org")
    assert TOKEN not in repr(settings) and keys[0] not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "no-colon-secret"),
        ("TELEGRAM_BOT_TOKEN", "12x:secret"),
        ("IEC_TOGETHER_API_URL", "api.telegram.org"),
        ("IEC_TOGETHER_PROXY", "user:secret@host"),
        ("IEC_TOGETHER_STORE", ""),
        ("IEC_TOGETHER_STORE_KEYS", "secret"),
        ("IEC_TOGETHER_TODAY", "2026-02-30"),
        ("IEC_TOGETHER_WEBHOOK_URL", "bot.example.org"),
        ("IEC_TOGETHER_WEBHOOK_LISTEN", "8080"),
        ("IEC_TOGETHER_WEBHOOK_LISTEN", "localhost:http"),
        ("IEC_TOGETHER_WEBHOOK_SECRET", "secret"),
        ("IEC_TOGETHER_WEBHOOK_CONNECTIONS", "0"),
        ("IEC_TOGETHER_ADMIN_CHAT", "me"),
        ("IEC_TOGETHER_RETENTION_DAYS", "-1"),
        ("IEC_TOGETHER_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_told_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    (line,) = caught.value.problems
    assert line.startswith(f"{name}: expected ") and "found" in line and "\n" not in line
    assert "secret" not in line.removeprefix(name)


def test_all_wrong_ones_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IEC_TOGETHER_TODAY", "soon")
    monkeypatch.setenv("IEC_TOGETHER_ADMIN_CHAT", "me")
    monkeypatch.setenv("IEC_TOGETHER_WEBHOK_URL", "https://x.org")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert len(caught.value.problems) == 3
    assert any("Did you mean IEC_TOGETHER_WEBHOOK_URL?" in line for line in caught.value.problems)


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IEC_TOGETHER_WEBHOOK_URL", "https://bot.example.org")
    with pytest.raises(SettingsError, match="IEC_TOGETHER_WEBHOOK_SECRET: expected a secret"):
        read_settings()
