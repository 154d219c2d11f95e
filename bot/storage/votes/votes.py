"""Members' votes, for what they count, and what they come to.

Every method here that changes votes or credits changes the tallies with them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.voting.span import Span
from bot.domain.voting.vote import Credit, SubjectKind, Tally, Vote
from bot.storage.engine.upsert import insert_into
from bot.storage.tables import images
from bot.storage.votes.counting import (
    count_votes,
    credit_of,
    lock_images,
    lock_lines,
    vote_of,
)
from bot.storage.votes.tables import styled_pictures, vote_credits, vote_tallies, votes
from bot.storage.votes.tallies import tally_of


class SqlVoteRepository:
    """`VoteRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def hold(
        self, image_id: ImageId, user_id: UserId, *, beside: Collection[ImageId] = ()
    ) -> Vote | None:
        """A member's vote, for a change: nobody else's vote on the image comes in between.

        The images `beside` it, for which its votes are to count too, are held with it.
        """
        await lock_images(self._connection, {image_id, *beside})
        found = await self._connection.execute(
            select(votes).where(votes.c.image_id == image_id, votes.c.user_id == user_id)
        )
        row = found.one_or_none()
        return None if row is None else vote_of(row)

    async def credits_of(self, image_id: ImageId) -> Sequence[Credit]:
        """What votes on an image count for; nothing before its first vote."""
        found = await self._connection.execute(
            select(vote_credits).where(vote_credits.c.image_id == image_id)
        )
        return [credit_of(row) for row in found]

    async def save_credits(self, image_id: ImageId, credits_: Sequence[Credit]) -> None:
        """Write down for what votes on an image count, before its first vote is put."""
        records = [
            {
                "image_id": image_id,
                "kind": credit.subject.kind,
                "subject": credit.subject.key,
                "owner_id": credit.owner,
                "share": credit.share,
                "direct": credit.direct,
            }
            for credit in credits_
        ]
        await self._connection.execute(vote_credits.insert(), records)

    async def put(self, vote: Vote) -> Vote:
        """Count a vote, in place of the member's earlier one; held if that one was."""
        former = await self.hold(vote.image_id, vote.user_id)
        vote = replace(vote, held=former is not None and former.held)
        changes = {
            "value": vote.value,
            "weight": vote.weight,
            "cast_at": vote.cast_at,
            "newness": vote.newness,
        }
        await self._connection.execute(
            insert_into(self._connection, votes)
            .values(image_id=vote.image_id, user_id=vote.user_id, guild_id=vote.guild_id, **changes)
            .on_conflict_do_update(index_elements=[votes.c.image_id, votes.c.user_id], set_=changes)
        )
        await count_votes(self._connection, added=[vote], removed=[former] if former else [])
        return vote

    async def withdraw(self, vote: Vote) -> None:
        """Take back a vote that is held."""
        await self._connection.execute(
            delete(votes).where(votes.c.image_id == vote.image_id, votes.c.user_id == vote.user_id)
        )
        await count_votes(self._connection, added=[], removed=[vote])

    async def withdraw_everybodys(self, image_ids: Collection[ImageId]) -> None:
        """Take back all votes on images that are no more, and those that counted for them."""
        theirs = select(images.c.id).where(images.c.id.in_(image_ids))
        await lock_lines(self._connection, theirs)
        found = await self._connection.execute(select(votes).where(votes.c.image_id.in_(image_ids)))
        await count_votes(self._connection, added=[], removed=[vote_of(row) for row in found])
        keys = list(image_ids)
        is_of_image = vote_credits.c.kind == SubjectKind.IMAGE
        for condition in (
            vote_credits.c.image_id.in_(keys),
            is_of_image & vote_credits.c.subject.in_(keys),
        ):
            await self._connection.execute(delete(vote_credits).where(condition))
        for table in (votes, styled_pictures):
            await self._connection.execute(delete(table).where(table.c.image_id.in_(keys)))
        await self._connection.execute(
            delete(vote_tallies).where(
                vote_tallies.c.kind == SubjectKind.IMAGE, vote_tallies.c.subject.in_(keys)
            )
        )

    async def tallies_of(
        self, guild_id: GuildId, kind: SubjectKind, keys: Collection[str]
    ) -> Mapping[str, Tally]:
        """What votes of all time come to, by subject; those without votes are left out."""
        found = await self._connection.execute(
            select(vote_tallies).where(
                vote_tallies.c.guild_id == guild_id,
                vote_tallies.c.kind == kind,
                vote_tallies.c.span == Span.ALL.value,
                vote_tallies.c.subject.in_(keys),
            )
        )
        return {row.subject: tally_of(row) for row in found}
