"""The settings, read once from the environment and `.env`."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.models.pricing import ExtraPrices
from bot.domain.money import UsdMicros, usd_micros

PUBLIC_API_URL = "https://api.venice.ai/api/v1"
DISCORD_CDN_HOSTS = ("cdn.discordapp.com", "media.discordapp.net")

_Ids = Annotated[frozenset[int], NoDecode]
_Hosts = Annotated[tuple[str, ...], NoDecode]


class SettingsError(Exception):
    """A wrong value; the message names the variable, what it got and what it takes."""


class Settings(BaseSettings):
    """Everything an operator can set. Field names are the variables' names in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    discord_token: SecretStr | None = None
    venice_api_key: SecretStr | None = None
    venice_base_url: str = Field(default=PUBLIC_API_URL, pattern=r"^https?://")
    venice_wallet_key: SecretStr | None = None
    image_backend: Literal["venice", "openai"] = "venice"
    image_backend_url: str | None = Field(default=None, pattern=r"^https?://")
    image_backend_key: SecretStr | None = None
    database_url: str = Field(
        default="sqlite+aiosqlite:///data/gondola.db",
        pattern=r"^(sqlite\+aiosqlite|postgresql\+psycopg)://",
    )
    data_dir: Path = Path("data")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    http_port: int = Field(default=0, ge=0, le=65535)
    http_host: str = "127.0.0.1"
    loop_watch: bool = False
    discord_api_url: str | None = Field(default=None, pattern=r"^https?://")
    discord_gateway_url: str | None = Field(default=None, pattern=r"^wss?://")
    discord_cdn_hosts: _Hosts = DISCORD_CDN_HOSTS
    owner_ids: _Ids = frozenset()
    allowed_guilds: _Ids = frozenset()
    alert_channel_id: int | None = Field(default=None, gt=0)
    default_model: str | None = None
    daily_images_per_user: int = Field(default=25, ge=0)
    daily_usd_bot_limit: float | None = Field(default=None, ge=0)
    monthly_usd_bot_limit: float | None = Field(default=None, ge=0)
    default_server_usd_per_day: float | None = Field(default=None, ge=0)
    enhance_at_most_usd: float = Field(default=0.04, ge=0)
    web_search_at_most_usd: float | None = Field(default=None, ge=0)
    default_server_usd_per_month: float | None = Field(default=None, ge=0)
    max_concurrent_generations: int = Field(default=4, ge=1, le=64)
    max_running_per_member: int = Field(default=2, ge=1, le=64)
    max_queued_jobs: int = Field(default=1_000, ge=1)
    max_queued_per_member: int = Field(default=50, ge=1)
    request_pause_s: int = Field(default=0, ge=0, le=3_600)
    audit_days: int = Field(default=180, ge=1, le=3_650)
    image_store_mb: int = Field(default=2_048, ge=16)
    privacy_url: str | None = Field(default=None, pattern=r"^https?://", max_length=500)

    @field_validator("owner_ids", "allowed_guilds", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        return _split(value) if isinstance(value, str) else value

    @field_validator("discord_cdn_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        return tuple(_split(value)) if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def has_credentials(self) -> bool:
        """Whether the live bot can be started."""
        return self.discord_token is not None and self.can_paint

    @property
    def can_paint(self) -> bool:
        """Whether there is somebody to pay, or a server that asks for nobody."""
        return (
            self.venice_api_key is not None
            or self.venice_wallet_key is not None
            or self.paints_elsewhere
        )

    @property
    def paints_elsewhere(self) -> bool:
        """Whether pictures come from a server that is not Venice's, whose models are not known."""
        url = (self.image_backend_url or "").rstrip("/")
        return self.image_backend == "openai" and url != self.venice_base_url.rstrip("/")

    @property
    def images_folder(self) -> Path:
        """Where pictures are kept."""
        return self.data_dir / "images"

    @property
    def guilds_allowed(self) -> frozenset[GuildId]:
        """The servers that may use the bot; empty means all."""
        return frozenset(map(GuildId, self.allowed_guilds))

    @property
    def owners(self) -> frozenset[UserId]:
        """The operators' Discord accounts."""
        return frozenset(map(UserId, self.owner_ids))

    @property
    def alert_channel(self) -> ChannelId | None:
        """Where operator alerts go."""
        return ChannelId(self.alert_channel_id) if self.alert_channel_id else None

    @property
    def bot_usd_micros_per_day(self) -> UsdMicros | None:
        """The whole bot's money for a day; None is unlimited."""
        return _micros(self.daily_usd_bot_limit)

    @property
    def server_usd_micros_per_day(self) -> UsdMicros | None:
        """Each server's money for a day; None is unlimited."""
        return _micros(self.default_server_usd_per_day)

    @property
    def extra_prices(self) -> ExtraPrices:
        """The most that extras cost on top of an image."""
        return ExtraPrices(
            enhance=usd_micros(self.enhance_at_most_usd),
            web_search=_micros(self.web_search_at_most_usd),
        )

    @property
    def bot_usd_micros_per_month(self) -> UsdMicros | None:
        """The whole bot's money for a month; None is unlimited."""
        return _micros(self.monthly_usd_bot_limit)

    @property
    def server_usd_micros_per_month(self) -> UsdMicros | None:
        """Each server's money for a month; None is unlimited."""
        return _micros(self.default_server_usd_per_month)


def read_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: if a value is wrong, in one line.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from None
    if settings.image_backend == "openai" and settings.image_backend_url is None:
        raise SettingsError("IMAGE_BACKEND_URL is not set: IMAGE_BACKEND=openai needs it.")
    if settings.paints_elsewhere and settings.default_model is None:
        raise SettingsError("DEFAULT_MODEL is not set: it is the one model of IMAGE_BACKEND_URL.")
    return settings


def _one_line(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]).upper() if first["loc"] else "settings"
    secret = name.endswith(("_TOKEN", "_KEY", "_URL"))
    got = "a value that is not shown" if secret else repr(first["input"])
    return f"{name} is {got}: {first['msg'][0].lower()}{first['msg'][1:]}."


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _micros(usd: float | None) -> UsdMicros | None:
    return None if usd is None else usd_micros(usd)
