"""The emergency stop: nothing is painted in a place until somebody lets it go on."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.gate.channel_rules import Layer
from bot.domain.ids import GuildId

EVERYWHERE = GuildId(0)
"""Stands for every server, and for direct messages, where a server's id would stand."""


@dataclass(frozen=True, slots=True)
class PausedPlace:
    """What is paused: a channel or a server by its id, or, in the bot's own layer, everything."""

    guild_id: GuildId
    layer: Layer
    place_id: int


PAUSED_EVERYWHERE = PausedPlace(EVERYWHERE, Layer.BOT, 0)


@dataclass(frozen=True, slots=True)
class Pause:
    """A place that is paused, since when, and why; the reason may be empty."""

    place: PausedPlace
    since: datetime
    reason: str
