"""The options of `/quotas`: declared once, with what is offered while a manager types."""

import inspect
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import discord
from discord import app_commands

from bot.domain.asking.choices import MAX_CHOICES, best_matches
from bot.domain.ids import GuildId
from bot.domain.quotas.grants import Grant, GrantTarget
from bot.domain.quotas.input import time_zone_names
from bot.domain.quotas.windows import DAY, MONTH, WEEK, WindowKind, rolling
from bot.text import commands as text
from bot.text.quotas.quotas import grant_amount
from bot.text.words import N_, Words, words_for

if TYPE_CHECKING:
    from bot.client import Gondola
    from bot.services.services import Services

Choices = list[app_commands.Choice[str]]

_LONGEST = 100
"""Characters that a choice may have (Discord)."""

_UNLIMITED = N_("unlimited: no end here")
_INHERIT = N_("inherit: nothing is said here; what is said elsewhere counts")
_IMAGES = ("1", "4", "10", "25", "50", "100")
_DOLLARS = ("0.05", "0.25", "0.50", "1", "2", "5", "10", "25")
_WINDOWS: dict[WindowKind, str] = {
    DAY: N_("day: until midnight"),
    WEEK: N_("week: until Sunday's end"),
    MONTH: N_("month: until its last day's end"),
    rolling(1): N_("1h: the last hour"),
    rolling(6): N_("6h: the last 6 hours"),
    rolling(24): N_("24h: the last 24 hours"),
}
_ZONES_AT_FIRST = (
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Rome",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
)

_Callback = TypeVar("_Callback", bound=Callable[..., Any])


async def image_amounts(interaction: discord.Interaction, typed: str) -> Choices:
    """Numbers of images, and the two words."""
    return _amounts(_IMAGES, typed, words_for(interaction.locale.value))


async def dollar_amounts(interaction: discord.Interaction, typed: str) -> Choices:
    """Dollars, and the two words."""
    return _amounts(_DOLLARS, typed, words_for(interaction.locale.value))


async def windows(interaction: discord.Interaction, typed: str) -> Choices:
    """Windows, each with when it ends."""
    words = words_for(interaction.locale.value)
    labels = [(words(_WINDOWS[window]), _typed(window)) for window in _WINDOWS]
    return _choices(best_matches(labels, typed, names=lambda each: each))


async def time_zones(_interaction: discord.Interaction, typed: str) -> Choices:
    """Time zones; those of many people until something is typed."""
    names = time_zone_names() if typed.strip() else _ZONES_AT_FIRST
    found = best_matches(names, typed.replace(" ", "_"), names=lambda name: (name,))
    return _choices((name, name) for name in found)


async def grants(interaction: discord.Interaction, typed: str) -> Choices:
    """The server's grants; who may not manage it is shown none."""
    guild = interaction.guild
    if guild is None or not interaction.permissions.manage_guild:
        return []
    words = words_for(interaction.locale.value)
    client = cast("Gondola[Services]", interaction.client)
    held = client.services.quota_management.overview.of_server(GuildId(guild.id)).grants
    labels = [(_grant_label(grant, guild, words), grant.id) for grant in held]
    return _choices(best_matches(labels, typed, names=lambda each: (each[0],)))


_TEXTS = {
    "images": text.QUOTAS_IMAGES,
    "dollars": text.QUOTAS_DOLLARS,
    "window": text.QUOTAS_WINDOW,
    "per_request": text.QUOTAS_PER_REQUEST,
    "at_once": text.QUOTAS_AT_ONCE,
    "dearest": text.QUOTAS_DEAREST,
}
_OFFERS = {
    "images": image_amounts,
    "dollars": dollar_amounts,
    "window": windows,
    "per_request": image_amounts,
    "at_once": image_amounts,
    "dearest": dollar_amounts,
}


def limit_options(**others: str) -> Callable[[_Callback], _Callback]:
    """Describe the options of a command that sets limits, and offer values for them.

    Args:
        others: descriptions of the options that are the command's own, by name.
    """

    def declare(callback: _Callback) -> _Callback:
        names = inspect.signature(callback).parameters
        texts = {name: said for name, said in _TEXTS.items() if name in names}
        offers = {name: offer for name, offer in _OFFERS.items() if name in names}
        described = app_commands.describe(**texts, **others)(callback)
        return app_commands.autocomplete(**offers)(described)

    return declare


def _typed(window: WindowKind) -> str:
    """A window as it is typed."""
    return f"{window.hours}h" if window.hours else window.unit.value


def _amounts(amounts: tuple[str, ...], typed: str, words: Words) -> Choices:
    """What was typed stands first, so that picking the first choice never changes it."""
    own = [(typed.strip()[:_LONGEST],) * 2] if typed.strip() else []
    named = [(words(_UNLIMITED), "unlimited"), (words(_INHERIT), "inherit")]
    offered = [*((each, each) for each in amounts), *named]
    fitting = best_matches(offered, typed, names=lambda each: each)
    return _choices([*own, *(each for each in fitting if each not in own)])


def _choices(labelled: Iterable[tuple[str, str]]) -> Choices:
    return [
        app_commands.Choice(name=name[:_LONGEST], value=value)
        for name, value in list(labelled)[:MAX_CHOICES]
    ]


def _grant_label(grant: Grant, guild: discord.Guild, words: Words) -> str:
    """Mentions are not drawn in choices, so names stand there as far as they are known."""
    found: discord.Role | discord.Member | None
    if grant.target is GrantTarget.ROLE:
        found = guild.get_role(grant.target_id)
    else:
        found = guild.get_member(grant.target_id)
    who = f"{grant.target_id}" if found is None else f"@{found.name}"
    return f"{who} · {grant_amount(grant, words)} · {grant.reason}"
