"""What an operator may write in `.env`, and what a wrong value says."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings

VARIABLES = tuple(name.upper() for name in Settings.model_fields)


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_without_any_setting_the_bot_has_defaults_but_no_credentials() -> None:
    settings = read_settings()

    assert settings.daily_images_per_user == 25
    assert settings.bot_usd_micros_per_day is None
    assert settings.has_credentials is False


def test_values_are_read_from_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "DISCORD_TOKEN=token\nVENICE_API_KEY=key\nALLOWED_GUILDS=1, 2\nDAILY_USD_BOT_LIMIT=2.5\n"
        "LOG_LEVEL=debug\nDEFAULT_MODEL=\n"
    )

    settings = read_settings()

    assert settings.has_credentials
    assert settings.guilds_allowed == {1, 2}
    assert settings.bot_usd_micros_per_day == 2_500_000
    assert settings.log_level == "DEBUG"
    assert settings.default_model is None


def test_the_environment_goes_before_the_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("DAILY_IMAGES_PER_USER=5\n")
    monkeypatch.setenv("DAILY_IMAGES_PER_USER", "6")

    assert read_settings().daily_images_per_user == 6


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("DAILY_IMAGES_PER_USER", "many", "DAILY_IMAGES_PER_USER is 'many': input should be"),
        ("DAILY_IMAGES_PER_USER", "-1", "DAILY_IMAGES_PER_USER is '-1': input should be"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT is 'xml': input should be 'console' or 'json'."),
        ("ENHANCE_AT_MOST_USD", "-1", "ENHANCE_AT_MOST_USD is '-1': input should be"),
        ("WEB_SEARCH_AT_MOST_USD", "some", "WEB_SEARCH_AT_MOST_USD is 'some': input should be"),
        ("HTTP_PORT", "70000", "HTTP_PORT is '70000': input should be"),
        ("ALLOWED_GUILDS", "1,two", "ALLOWED_GUILDS is 'two': input should be a valid integer"),
        ("MAX_CONCURRENT_GENERATIONS", "0", "MAX_CONCURRENT_GENERATIONS is '0': input should be"),
    ],
)
def test_a_wrong_value_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, says: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingsError) as raised:
        read_settings()

    assert str(raised.value).startswith(says)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"IMAGE_BACKEND": "openai"}, "IMAGE_BACKEND_URL is not set"),
        (
            {"IMAGE_BACKEND": "openai", "IMAGE_BACKEND_URL": "http://127.0.0.1:9/v1"},
            "DEFAULT_MODEL is not set",
        ),
    ],
)
def test_another_image_server_needs_its_address_and_its_model(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], says: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=says):
        read_settings()


def test_a_wrong_database_url_does_not_show_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://gondola:hunter2@host/db")

    with pytest.raises(SettingsError) as raised:
        read_settings()

    assert str(raised.value).startswith("DATABASE_URL is a value that is not shown")
    assert "hunter2" not in str(raised.value)


def test_secrets_do_not_stand_in_the_settings_own_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "hunter2")
    monkeypatch.setenv("VENICE_API_KEY", "hunter3")

    text = repr(read_settings())

    assert "hunter2" not in text
    assert "hunter3" not in text


def test_every_setting_stands_in_the_example() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text()

    assert [name for name in VARIABLES if f"{name}=" not in example] == []


def test_money_is_limited_by_the_day_and_by_the_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        "MONTHLY_USD_BOT_LIMIT=100\nDEFAULT_SERVER_USD_PER_DAY=2\nDEFAULT_SERVER_USD_PER_MONTH=40\n"
    )
    monkeypatch.chdir(tmp_path)

    settings = read_settings()

    assert settings.bot_usd_micros_per_day is None
    assert settings.bot_usd_micros_per_month == 100_000_000
    assert settings.server_usd_micros_per_day == 2_000_000
    assert settings.server_usd_micros_per_month == 40_000_000
