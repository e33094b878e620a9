"""What Django is told, from what the operator set."""

import runpy
from pathlib import Path
from typing import Any

import pytest

import datong

SETTINGS = Path(datong.__file__).parent / "settings.py"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    def settings(**environment: str) -> dict[str, Any]:
        monkeypatch.setenv("DATONG_HOME", str(tmp_path / "home"))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return settings


def test_reading_the_settings_makes_nothing_and_the_key_is_made_when_it_is_used(
    told: Any, tmp_path: Path
) -> None:
    settings = told()
    assert not (tmp_path / "home").exists()
    key = str(settings["SECRET_KEY"])
    assert len(key) > 60
    assert (tmp_path / "home" / "keys" / "django.key").read_text() == key
    assert str(told()["SECRET_KEY"]) == key


def test_behind_https_nothing_of_a_session_travels_in_the_clear(told: Any) -> None:
    plain = told()
    assert not plain["SESSION_COOKIE_SECURE"]
    secure = told(DATONG_HTTPS="yes", DATONG_HOSTS="datong.invalid")
    assert secure["SESSION_COOKIE_SECURE"]
    assert secure["CSRF_COOKIE_SECURE"]
    assert secure["SECURE_HSTS_SECONDS"] > 0
    assert secure["CSRF_TRUSTED_ORIGINS"] == ["https://datong.invalid"]


def test_a_fault_is_never_shown_with_its_trace_and_the_site_doesnt_answer_to_any_name(told: Any) -> None:
    settings = told()
    assert settings["DEBUG"] is False
    assert "*" not in settings["ALLOWED_HOSTS"]
    assert "django.contrib.admin" not in settings["INSTALLED_APPS"]


def test_no_statement_is_echoed_and_every_line_goes_through_the_filter(told: Any) -> None:
    logging = told()["LOGGING"]
    assert logging["loggers"]["django.db.backends"]["level"] == "CRITICAL"
    assert {handler["formatter"] for handler in logging["handlers"].values()} == {"line"}
    assert logging["formatters"]["line"]["()"] == "datong.log_lines.LineFormatter"
