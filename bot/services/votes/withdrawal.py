"""Taking back all votes of a member, such as one who was removed for cheating."""

from bot.domain.ids import UserId
from bot.domain.moderation.audit import Act
from bot.domain.moderation.errors import NoVotesLeft
from bot.domain.voting.vote import MemberVotes, Vote
from bot.services.moderation.auditing import member_subject, write_down
from bot.services.ports import Clock
from bot.services.storage_ports import Storage
from bot.services.styles.styles import StyleKeeper
from bot.services.votes.aftermath import VoteAftermath

VOTES_A_TRANSACTION = 500


class VoteWithdrawal:
    """Shows first how many votes there are; for those who manage the server."""

    def __init__(self, *, storage: Storage, aftermath: VoteAftermath, clock: Clock) -> None:
        self._storage = storage
        self._aftermath = aftermath
        self._clock = clock

    async def ask(self, user_id: UserId, by: StyleKeeper) -> MemberVotes:
        """How many votes would be taken back.

        Raises:
            KeepingError: if they may not, or there is no vote.
        """
        by.check()
        async with self._storage.read() as tx:
            votes = await tx.held_votes.count_of(by.guild_id, user_id)
        if not votes:
            raise NoVotesLeft
        return MemberVotes(user_id, votes)

    async def withdraw(self, user_id: UserId, by: StyleKeeper) -> MemberVotes:
        """Take back all votes of a member on pictures of this server, and write that down.

        Each transaction takes back some, with an entry of its own, so that none is long. Where
        the bot is killed in between, the same again takes back the rest.

        Raises:
            KeepingError: if they may not, or there is no vote.
        """
        by.check()
        withdrawn: list[Vote] = []
        while some := await self._withdraw_some(user_id, by):
            withdrawn += some
        if not withdrawn:
            raise NoVotesLeft
        await self._aftermath.show(withdrawn)
        return MemberVotes(user_id, len(withdrawn))

    async def _withdraw_some(self, user_id: UserId, by: StyleKeeper) -> list[Vote]:
        guild_id, now = by.guild_id, self._clock.now()
        async with self._storage.write() as tx:
            some = await tx.held_votes.withdraw_of(guild_id, user_id, limit=VOTES_A_TRANSACTION)
            if some:
                subject = await member_subject(tx, user_id, guild_id)
                await write_down(
                    tx,
                    by.place,
                    Act.VOTES_WITHDRAWN,
                    subject,
                    now=now,
                    detail=f"votes={len(some)}",
                )
                await self._aftermath.note(tx, guild_id, some, now=now)
        return list(some)
