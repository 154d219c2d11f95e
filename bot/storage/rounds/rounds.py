"""Rounds of styles, what was proposed in them, and their ballots."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ChannelId, ImageId, UserId
from bot.domain.preferences.preset import preset_key
from bot.domain.rounds.style_round import (
    OVER,
    Ballot,
    RoundId,
    StyleProposal,
    StyleRound,
)
from bot.domain.styles.server_style import StyleDraft
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.rounds.tables import round_ballots, round_proposals, style_rounds

_ROUND = TypeAdapter(StyleRound)
_DRAFT = TypeAdapter(StyleDraft)
_CHOICES = TypeAdapter(tuple[int, ...])


class SqlRoundRepository:
    """`RoundRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, style_round: StyleRound) -> bool:
        """Write a new round; False if its channel has one that is not over."""
        written = await self._connection.execute(
            insert_into(self._connection, style_rounds)
            .values(
                id=style_round.id,
                guild_id=style_round.guild_id,
                channel_id=style_round.channel_id,
                open_in=style_round.channel_id,
                opened_by=style_round.opened_by,
                opened_at=style_round.opened_at,
                value=_ROUND.dump_json(style_round).decode(),
            )
            .on_conflict_do_nothing(index_elements=[style_rounds.c.open_in])
            .returning(style_rounds.c.id)
        )
        return written.one_or_none() is not None

    async def save(self, style_round: StyleRound) -> None:
        """Write a round that is held; one that is over makes room for another."""
        is_over = style_round.phase in OVER
        await self._connection.execute(
            update(style_rounds)
            .where(style_rounds.c.id == style_round.id)
            .values(
                open_in=None if is_over else style_round.channel_id,
                value=_ROUND.dump_json(style_round).decode(),
            )
        )

    async def hold(self, round_id: RoundId) -> StyleRound | None:
        """A round, for a change: nobody else changes it before this transaction is over."""
        value = await self._connection.scalar(
            select(style_rounds.c.value)
            .where(style_rounds.c.id == round_id)
            .with_for_update(key_share=True)
        )
        return None if value is None else _ROUND.validate_json(value)

    async def get(self, round_id: RoundId) -> StyleRound | None:
        """A round."""
        value = await self._connection.scalar(
            select(style_rounds.c.value).where(style_rounds.c.id == round_id)
        )
        return None if value is None else _ROUND.validate_json(value)

    async def latest_in(self, channel_id: ChannelId) -> StyleRound | None:
        """The round of a channel that was opened last."""
        value = await self._connection.scalar(
            select(style_rounds.c.value)
            .where(style_rounds.c.channel_id == channel_id)
            .order_by(style_rounds.c.opened_at.desc(), style_rounds.c.id)
            .limit(1)
        )
        return None if value is None else _ROUND.validate_json(value)

    async def proposals(self, round_id: RoundId) -> Sequence[StyleProposal]:
        """What was proposed in a round, by number, withdrawn ones included."""
        found = await self._connection.execute(
            select(round_proposals)
            .where(round_proposals.c.round_id == round_id)
            .order_by(round_proposals.c.number)
        )
        return [_proposal_of(row) for row in found]

    async def put_proposal(self, proposal: StyleProposal) -> None:
        """Write a proposal, new or changed."""
        changes = {
            "author_id": proposal.author_id,
            "key": None if proposal.withdrawn else preset_key(proposal.draft.name),
            "value": _DRAFT.dump_json(proposal.draft).decode(),
            "image_id": proposal.image_id,
            "withdrawn": proposal.withdrawn,
            "proposed_at": proposal.proposed_at,
        }
        await self._connection.execute(
            insert_into(self._connection, round_proposals)
            .values(round_id=proposal.round_id, number=proposal.number, **changes)
            .on_conflict_do_update(
                index_elements=[round_proposals.c.round_id, round_proposals.c.number],
                set_=changes,
            )
        )

    async def ballots(self, round_id: RoundId) -> Sequence[Ballot]:
        """All ballots of a round."""
        found = await self._connection.execute(
            select(round_ballots)
            .where(round_ballots.c.round_id == round_id)
            .order_by(round_ballots.c.user_id)
        )
        return [_ballot_of(row) for row in found]

    async def ballot_of(self, round_id: RoundId, user_id: UserId) -> Ballot | None:
        """A member's ballot."""
        found = await self._connection.execute(
            select(round_ballots).where(
                round_ballots.c.round_id == round_id, round_ballots.c.user_id == user_id
            )
        )
        row = found.one_or_none()
        return None if row is None else _ballot_of(row)

    async def put_ballot(self, round_id: RoundId, ballot: Ballot) -> None:
        """Write a member's ballot, in place of the earlier one."""
        changes = {
            "choices": _CHOICES.dump_json(ballot.choices).decode(),
            "weight": ballot.weight,
        }
        await self._connection.execute(
            insert_into(self._connection, round_ballots)
            .values(round_id=round_id, user_id=ballot.user_id, **changes)
            .on_conflict_do_update(
                index_elements=[round_ballots.c.round_id, round_ballots.c.user_id], set_=changes
            )
        )

    async def remove_ballot(self, round_id: RoundId, user_id: UserId) -> None:
        """Take a member's ballot back, if there is one."""
        await self._connection.execute(
            delete(round_ballots).where(
                round_ballots.c.round_id == round_id, round_ballots.c.user_id == user_id
            )
        )

    async def ballot_count(self, round_id: RoundId) -> int:
        """How many members have voted."""
        counted = await self._connection.scalar(
            select(func.count()).where(round_ballots.c.round_id == round_id)
        )
        return counted or 0


def _proposal_of(row: AnyRow) -> StyleProposal:
    return StyleProposal(
        round_id=RoundId(row.round_id),
        number=row.number,
        author_id=UserId(row.author_id),
        draft=_DRAFT.validate_json(row.value),
        proposed_at=row.proposed_at,
        image_id=None if row.image_id is None else ImageId(row.image_id),
        withdrawn=row.withdrawn,
    )


def _ballot_of(row: AnyRow) -> Ballot:
    return Ballot(UserId(row.user_id), _CHOICES.validate_json(row.choices), row.weight)
