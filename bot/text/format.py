"""How numbers, money and times are written."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, format_decimal

from bot.domain.ids import GuildId
from bot.domain.jobs.job import MessageAddress
from bot.domain.jobs.uploads import MIB
from bot.domain.money import MICROS_PER_USD, UsdMicros
from bot.text.words import Words

_MICROS_PER_CENT = MICROS_PER_USD // 100
_REMEMBERED = 1_024
"""Few prices and times come up again and again, and Babel takes long for each."""


@lru_cache(_REMEMBERED)
def money(words: Words, micros: UsdMicros | None) -> str:
    """Dollars with at least two decimals and as many as the price has; "price unknown" for None."""
    if micros is None:
        return words("price unknown")
    amount = Decimal(micros) / MICROS_PER_USD
    pattern = "¤#,##0.00####" if words.language == "en" else "#,##0.00#### ¤"
    # Babel would round to cents, and a picture may cost less than one.
    return format_currency(
        amount, "USD", format=pattern, locale=words.locale, currency_digits=False
    )


def money_sum(words: Words, micros: UsdMicros) -> str:
    """The same for a sum of many prices, in whole cents from a dollar on."""
    cents = round(micros / _MICROS_PER_CENT) * _MICROS_PER_CENT
    return money(words, UsdMicros(cents) if micros >= MICROS_PER_USD else micros)


def seconds(words: Words, value: float) -> str:
    """A duration in seconds, with one decimal below ten."""
    rounded = round(value, 1) if value < 10 else round(value)  # noqa: PLR2004 - two digits suffice
    return _rounded_seconds(words, rounded)


@lru_cache(_REMEMBERED)
def _rounded_seconds(words: Words, rounded: float) -> str:
    return words("{seconds} s", seconds=format_decimal(rounded, locale=words.locale))


def megabytes(words: Words, size_bytes: int) -> str:
    """A size in the megabytes that Discord counts in (1,024 × 1,024), rounded up to a tenth."""
    tenths = -(-size_bytes * 10 // MIB)
    return words("{megabytes} MB", megabytes=format_decimal(tenths / 10, locale=words.locale))


def pixels(width: int, height: int) -> str:
    """A picture's size."""
    return f"{width}×{height}"


def moment(at: datetime) -> str:
    """A time as Discord shows it in the reader's own zone, with how long it is until then."""
    unix = int(at.timestamp())
    return f"<t:{unix}:t> (<t:{unix}:R>)"


def message_link(guild_id: GuildId | None, message: MessageAddress) -> str:
    """The address at which Discord opens a message."""
    place = guild_id if guild_id is not None else "@me"
    return f"https://discord.com/channels/{place}/{message.channel_id}/{message.message_id}"
