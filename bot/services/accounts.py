"""Who pays: the accounts that bear a request, and the limits that hold on each."""

from dataclasses import dataclass

from bot.domain.ids import AccountKey, GuildId
from bot.domain.ledger import BOT_ACCOUNT, AccountKind, Charge, Limit, server_account
from bot.domain.money import UsdMicros


@dataclass(frozen=True, slots=True)
class DailyLimits:
    """The operator's limits for a day; None is unlimited."""

    images_per_member: int | None
    usd_micros_per_server: UsdMicros | None
    usd_micros_of_bot: UsdMicros | None

    def member_limit(self) -> Limit:
        """What one member may use in one server."""
        return Limit(images=self.images_per_member)

    def charges(self, *, account: AccountKey, guild_id: GuildId | None) -> tuple[Charge, ...]:
        """The accounts that bear a member's request: their own, the server's and the bot's.

        In direct messages there is no server to bear it.
        """
        member = Charge(account, AccountKind.MEMBER, self.member_limit())
        whole_bot = Charge(BOT_ACCOUNT, AccountKind.BOT, Limit(usd_micros=self.usd_micros_of_bot))
        if guild_id is None:
            return (member, whole_bot)
        limit = Limit(usd_micros=self.usd_micros_per_server)
        return (member, Charge(server_account(guild_id), AccountKind.SERVER, limit), whole_bot)

    def needs_price(self, guild_id: GuildId | None) -> bool:
        """Whether a limit on money applies there, so that an unknown price cannot be allowed."""
        in_server = guild_id is not None and self.usd_micros_per_server is not None
        return in_server or self.usd_micros_of_bot is not None
