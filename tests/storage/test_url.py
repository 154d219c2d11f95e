from pathlib import Path

import pytest

from bot.storage.engine.url import is_sqlite, parse_url, sqlite_path
from bot.storage.errors import UnsupportedDatabase


@pytest.mark.parametrize(
    ("text", "driver"),
    [
        ("sqlite:///data/gondola.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///data/gondola.db", "sqlite+aiosqlite"),
        ("postgres://bot@db/gondola", "postgresql+psycopg"),
        ("postgresql://bot@db/gondola", "postgresql+psycopg"),
        ("postgresql+psycopg://bot@db/gondola", "postgresql+psycopg"),
    ],
)
def test_a_url_gets_the_driver_that_the_bot_uses(text: str, driver: str) -> None:
    url = parse_url(text)
    assert url.drivername == driver
    assert is_sqlite(url) == driver.startswith("sqlite")


def test_an_sqlite_url_names_its_file() -> None:
    assert sqlite_path(parse_url("sqlite:///data/gondola.db")) == Path("data/gondola.db")
    assert sqlite_path(parse_url("sqlite:////var/gondola.db")) == Path("/var/gondola.db")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gondola.db",
        "mysql://bot:test-password@db/gondola",
        "postgresql+asyncpg://bot:test-password@db/gondola",
        "postgresql://bot:test-password@db:port/gondola",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_any_other_url_is_refused_without_telling_its_password(text: str) -> None:
    with pytest.raises(UnsupportedDatabase) as raised:
        parse_url(text)
    assert "test-password" not in f"{raised.value}"
