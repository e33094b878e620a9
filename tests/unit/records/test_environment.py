"""What an operator sets, and what they are told when it can't be read."""

from pathlib import Path

import pytest

from datong import environment
from datong.environment import SETTINGS, SettingNotReadable


def test_an_empty_variable_is_an_unset_one() -> None:
    assert environment.text("DATONG_HOSTS", {"DATONG_HOSTS": "  "}) == "localhost,127.0.0.1,[::1]"
    assert environment.words("DATONG_HOSTS", {"DATONG_HOSTS": "a.invalid, b.invalid,"}) == [
        "a.invalid",
        "b.invalid",
    ]


def test_the_home_is_where_the_variable_says() -> None:
    assert environment.home({"DATONG_HOME": "/srv/datong"}) == Path("/srv/datong")
    assert environment.home({}) == Path("home").resolve()


@pytest.mark.parametrize("written", ["0", "-5", "many", "1.5", "٣"])
def test_a_number_is_whole_and_above_nought(written: str) -> None:
    with pytest.raises(SettingNotReadable) as refused:
        environment.number("DATONG_QUERY_SECONDS", {"DATONG_QUERY_SECONDS": written})
    assert refused.value.name == "DATONG_QUERY_SECONDS"


def test_yes_is_yes_and_no_is_no_and_nothing_else_is_either() -> None:
    assert environment.yes("DATONG_HTTPS", {"DATONG_HTTPS": "Yes"})
    assert not environment.yes("DATONG_HTTPS", {})
    with pytest.raises(SettingNotReadable):
        environment.yes("DATONG_HTTPS", {"DATONG_HTTPS": "true"})


def test_a_setting_that_isnt_in_the_table_cant_be_read() -> None:
    with pytest.raises(KeyError):
        environment.text("DATONG_NOT_LISTED", {"DATONG_NOT_LISTED": "1"})


def test_the_defaults_can_be_read_as_what_they_are() -> None:
    for setting in SETTINGS:
        environment.text(setting.name, {})
    for name in ("MEMORY_MB", "THREADS", "SECONDS", "ROWS"):
        assert environment.number(f"DATONG_QUERY_{name}", {}) > 0
