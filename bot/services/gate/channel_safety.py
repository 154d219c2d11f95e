"""Which channels take safe pictures alone, and which are age-restricted, from memory."""

from typing import Protocol

from bot.domain.ids import ChannelId, GuildId
from bot.services.gate.policy_book import PolicyBook


class ChannelSafety(Protocol):
    """What holds in a channel now."""

    def shows_safe_only(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        """Whether a channel has safe mode."""

    def is_age_restricted(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        """Whether Discord marks a channel as age-restricted."""

    def covers_pictures(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        """Whether pictures lie behind spoilers in a channel."""


class PolicySafety:
    """`ChannelSafety` by the policies, which ask Discord's cache at each decision."""

    def __init__(self, policies: PolicyBook) -> None:
        self._policies = policies

    def shows_safe_only(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        """Whether a channel has safe mode; one that is not known has it."""
        return self._policies.of_place(guild_id, channel_id).safe_mode

    def is_age_restricted(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        """Whether Discord marks a channel as age-restricted."""
        return self._policies.facts_of(guild_id, channel_id).age_restricted

    def covers_pictures(self, guild_id: GuildId, channel_id: ChannelId) -> bool:
        """Whether pictures lie behind spoilers in a channel."""
        return self._policies.of_place(guild_id, channel_id).spoilers
