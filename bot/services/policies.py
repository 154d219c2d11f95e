"""The rules of each place. Today they are the operator's, the same everywhere."""

from dataclasses import dataclass

from bot.domain.ids import ChannelId, GuildId
from bot.domain.policy import PolicySnapshot


@dataclass(frozen=True, slots=True)
class OperatorPolicies:
    """The operator's settings as the policy of every place."""

    allowed_guilds: frozenset[GuildId]

    def of_place(self, guild_id: GuildId | None, channel_id: ChannelId) -> PolicySnapshot:  # noqa: ARG002 - the port's shape
        """The same rules in every channel: safe mode, and only the admitted servers."""
        return PolicySnapshot(safe_mode=True, allowed_guilds=self.allowed_guilds)
