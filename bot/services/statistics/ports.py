"""What statistics need from outside; see `bot.services.ports`."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.chart import Chart
from bot.domain.ids import GuildId, UserId
from bot.domain.statistics.statistics import ModelCount, Spending


class StatisticsRepository(Protocol):
    """What was painted and paid.

    Spans are given by their edges, in quarters of an hour since 1970: `n + 1` of them for `n`
    spans that follow one another.
    """

    async def of_server(self, guild_id: GuildId, edges: Sequence[int]) -> Sequence[ModelCount]:
        """What a server's members painted, and what the server paid; empty spans are left out."""

    async def of_member(self, user_id: UserId, edges: Sequence[int]) -> Sequence[ModelCount]:
        """What a member painted anywhere, and what that cost; empty spans are left out."""

    async def active_members(self, guild_id: GuildId, edges: Sequence[int]) -> Sequence[int]:
        """How many members were shown pictures in each span."""

    async def spending(self, guild_id: GuildId, start: int, end: int) -> Sequence[Spending]:
        """Who spent what on which models in a server, the dearest first."""


class ChartStudio(Protocol):
    """Draws charts, away from the loop."""

    async def draw(self, chart: Chart) -> bytes:
        """A chart as a PNG file."""
