"""What merging styles and rules of taking part need from outside; see `bot.services.ports`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.ids import BattleId, GuildId
from bot.domain.styles.merging import Merge, MergeScope
from bot.domain.styles.server_style import ServerStyle
from bot.domain.voting.taking_part import Circle, Doing, Participant


class StyleMergeRepository(Protocol):
    """Styles that are folded into others."""

    async def heirs(self, guild_id: GuildId) -> Mapping[str, str]:
        """By the keys of a server's merged styles, those of the styles that they count for."""

    async def hold(
        self, guild_id: GuildId, folded_id: str, into_id: str
    ) -> Mapping[str, ServerStyle]:
        """Two styles by their ids, for a merge: no vote for them is counted before this has ended.

        Neither is one for a style that was folded into the first before.
        """

    async def count_merged(self, guild_id: GuildId) -> int:
        """How many styles of a server were merged into others."""

    async def merge(self, merge: Merge) -> None:
        """Let a style that is held, and all that count for it, count for the other one."""

    async def scope(self, merge: Merge) -> MergeScope:
        """What a merge would concern."""

    async def open_meetings(self, merge: Merge) -> Sequence[BattleId]:
        """The battles of both that are painted or open; also once they are merged."""


class TakingPartRepository(Protocol):
    """Servers' rules of who may take part in what."""

    async def all(self) -> Sequence[tuple[GuildId, Doing, Circle]]:
        """What every server has said."""

    async def put(self, guild_id: GuildId, doing: Doing, circle: Circle) -> None:
        """Write who may do something, in place of what was said before."""


class TakingPart(Protocol):
    """Who may do what here, from memory."""

    def check(self, doing: Doing, guild_id: GuildId | None, who: Participant) -> None:
        """Say whether a member may; in direct messages there is no rule.

        Raises:
            NotAmongThem: if the server's rules let others do that.
        """
