"""Changing tallies with the votes that they are the sum of.

A tally is the sum, over its votes, of what `bot.domain.voting.vote.counted` says of each of their
credits; one for a merged style is one for its heir. Whoever adds, changes or removes votes counts
them here, in the same transaction.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.insight.style_tally import StyleTally
from bot.domain.jobs.job import ImageState
from bot.domain.voting.credits import MAX_GENERATIONS
from bot.domain.voting.span import Span, span_keys
from bot.domain.voting.vote import NO_VOTES, Credit, Subject, SubjectKind, Tally, Vote, counted
from bot.storage.insight.style_tallies import StyledChange, add_to_style_tallies
from bot.storage.jobs.records import AnyRow
from bot.storage.tables import images
from bot.storage.votes.style_heirs import held_heirs_of
from bot.storage.votes.tables import vote_credits
from bot.storage.votes.tallies import TallyKey, add_to_tallies, summed

IMAGES_A_STATEMENT = 500
_EVER_SHOWN = (ImageState.DELIVERED, ImageState.HIDDEN, ImageState.REMOVED)


async def lock_images(connection: AsyncConnection, image_ids: Collection[ImageId]) -> None:
    """Let changes to votes or marks on the same images wait for each other.

    Whoever changes votes on several holds all of them before the first tally, and in this order.
    """
    await _lock(connection, images.c.id.in_(image_ids))


async def lock_lines(connection: AsyncConnection, wanted: Select[Any]) -> None:
    """The same for images by a query of their ids, and for those shown that came from them.

    Votes on these may count for those. They are found by their parents, which never change, and
    not by their credits, which the next vote may write. What is not shown yet is its worker's.
    """
    line = select(wanted.subquery(), literal(0).label("generation")).cte("line", recursive=True)
    child = images.alias()
    further = (
        select(child.c.id, line.c.generation + 1)
        .join(line, child.c.parent_image_id == line.c.id)
        .where(line.c.generation < MAX_GENERATIONS)
    )
    found = line.union(further)
    may_have_votes = images.c.state.in_(_EVER_SHOWN) & images.c.id.in_(select(found.c.id))
    wanted_ones = select(found.c.id).where(found.c.generation == 0)
    await _lock(connection, or_(may_have_votes, images.c.id.in_(wanted_ones)))


async def _lock(connection: AsyncConnection, condition: ColumnElement[bool]) -> None:
    await connection.execute(
        select(images.c.id).where(condition).order_by(images.c.id).with_for_update(key_share=True)
    )


async def count_votes(
    connection: AsyncConnection, *, added: Sequence[Vote], removed: Sequence[Vote]
) -> None:
    """Add what votes come to to the tallies of all that they count for, or take it from them."""
    credits_, heirs = await _credits_of(connection, {vote.image_id for vote in (*added, *removed)})
    parts = [part for vote in added for part in _parts(vote, credits_[vote.image_id])]
    parts += [
        (key, -part) for vote in removed for key, part in _parts(vote, credits_[vote.image_id])
    ]
    changes = summed(parts)
    sums = await add_to_tallies(connection, changes)
    await add_to_style_tallies(
        connection, _styled_changes(added, removed, credits_, _Shown(changes, sums)), heirs
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """How tallies were changed, and what they are now."""

    changes: Mapping[TallyKey, Tally]
    sums: Mapping[TallyKey, Tally]

    def pictures(self, guild_id: GuildId, image_id: ImageId) -> int:
        """1 for a picture that has votes now and had none, -1 for one that has lost its last."""
        key = TallyKey.of(guild_id, Span.ALL.value, Subject(SubjectKind.IMAGE, image_id))
        change, now = self.changes.get(key, NO_VOTES), self.sums.get(key, NO_VOTES)
        return int(_has_votes(now)) - int(_has_votes(now + -change))


def _styled_changes(
    added: Sequence[Vote],
    removed: Sequence[Vote],
    credits_: Mapping[ImageId, Sequence[Credit]],
    shown: _Shown,
) -> dict[ImageId, StyledChange]:
    """What votes on pictures in styles change, picture by picture."""
    changes: dict[ImageId, StyledChange] = {}
    signed = [(vote, 1) for vote in added] + [(vote, -1) for vote in removed]
    for vote, sign in signed:
        for credit in credits_[vote.image_id]:
            if credit.subject.kind is SubjectKind.STYLE:
                part = counted(vote, credit)
                former = changes.get(vote.image_id) or StyledChange(
                    vote.guild_id,
                    StyleTally(shown.pictures(vote.guild_id, vote.image_id)),
                )
                change = former.change + StyleTally(0, part if sign > 0 else -part)
                changes[vote.image_id] = replace(former, change=change)
    return changes


def _has_votes(tally: Tally) -> bool:
    return tally.ups + tally.downs > 0


def vote_of(row: AnyRow) -> Vote:
    """The vote of a row."""
    return Vote(
        image_id=ImageId(row.image_id),
        user_id=UserId(row.user_id),
        guild_id=GuildId(row.guild_id),
        value=row.value,
        weight=row.weight,
        cast_at=row.cast_at,
        newness=row.newness,
        held=row.held,
    )


def credit_of(row: AnyRow) -> Credit:
    """The credit of a row."""
    return Credit(
        subject=Subject(row.kind, row.subject),
        owner=UserId(row.owner_id),
        share=row.share,
        direct=row.direct,
    )


async def _credits_of(
    connection: AsyncConnection, image_ids: Collection[ImageId]
) -> tuple[Mapping[ImageId, Sequence[Credit]], Mapping[str, str]]:
    """With the heirs of merged styles, and those; nothing is merged before this is counted."""
    credits_: dict[ImageId, list[Credit]] = {image_id: [] for image_id in image_ids}
    ids = sorted(image_ids)
    for start in range(0, len(ids), IMAGES_A_STATEMENT):
        some = ids[start : start + IMAGES_A_STATEMENT]
        found = await connection.execute(
            select(vote_credits).where(vote_credits.c.image_id.in_(some))
        )
        for row in found:
            credits_[ImageId(row.image_id)].append(credit_of(row))
    subjects = (credit.subject for some in credits_.values() for credit in some)
    keys = {subject.key for subject in subjects if subject.kind is SubjectKind.STYLE}
    heirs = await held_heirs_of(connection, keys)
    return {image: [_of_heir(each, heirs) for each in credits_[image]] for image in ids}, heirs


def _of_heir(credit: Credit, heirs: Mapping[str, str]) -> Credit:
    kind, key = credit.subject.kind, credit.subject.key
    if kind is not SubjectKind.STYLE or key not in heirs:
        return credit
    return replace(credit, subject=Subject(kind, heirs[key]))


def _parts(vote: Vote, credits_: Sequence[Credit]) -> Iterator[tuple[TallyKey, Tally]]:
    for credit in credits_:
        part = counted(vote, credit)
        for span in span_keys(vote.cast_at):
            yield TallyKey.of(vote.guild_id, span, credit.subject), part
