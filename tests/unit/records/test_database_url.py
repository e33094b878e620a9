"""Which database a URL means."""

from pathlib import Path

import pytest

from datong.records.database import DatabaseUrlNotReadable, database

HOME = Path("/node")


def test_no_url_means_a_file_in_the_nodes_folder() -> None:
    found = database("", home=HOME)
    assert found["NAME"] == "/node/control.sqlite"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///here.sqlite", "/node/here.sqlite"),
        ("sqlite:////var/there.sqlite", "/var/there.sqlite"),
        ("sqlite:////var/a%20b.sqlite", "/var/a b.sqlite"),
    ],
)
def test_an_sqlite_url_is_a_path_relative_to_the_nodes_folder_unless_it_begins_at_the_root(
    url: str, name: str
) -> None:
    assert database(url, home=HOME)["NAME"] == name


def test_a_postgresql_url_is_taken_apart_with_its_codes_undone() -> None:
    found = database("postgresql://reader:p%40ss%2F@db.invalid:6432/control?sslmode=require", home=HOME)
    told = [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    assert told == ["reader", "p@ss/", "db.invalid", "6432", "control"]
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_unix_socket_comes_as_a_parameter() -> None:
    found = database("postgresql://datong@/control?host=/run/postgresql", home=HOME)
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/postgresql", "", {})


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:hidden@h/n",
        "control.sqlite",
        "sqlite://control.sqlite",
        "sqlite:///",
        "postgresql://u:hidden@h/",
        "postgresql://u:hidden@h:port/n",
    ],
)
def test_what_isnt_a_database_url_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(DatabaseUrlNotReadable) as refused:
        database(url, home=HOME)
    assert "hidden" not in refused.value.text.zh + refused.value.text.en
    assert "DATONG_DATABASE_URL" in refused.value.text.zh
