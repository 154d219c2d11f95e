"""Keeping those whom strikes or a block bar from what members decide together."""

from bot.domain.errors import ActionDenied
from bot.domain.ids import ChannelId, GuildId, UserId
from bot.services.ports import Policies


def check_free(
    policies: Policies, user_id: UserId, guild_id: GuildId | None, channel_id: ChannelId
) -> None:
    """Let only those take part who may ask for pictures.

    Raises:
        ActionDenied: if the member is blocked, or paused for strikes.
    """
    bar = policies.of_place(guild_id, channel_id).barred.bar_of(user_id)
    if bar is not None:
        raise ActionDenied(bar.rule, bar)
