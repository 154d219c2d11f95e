"""What votes on pictures in styles come to, read from sums; and pictures that are in none yet."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, ImageId, ModelId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_tally import StyledPicture, StyleTally
from bot.domain.voting.vote import NO_VOTES, SubjectKind, counted
from bot.storage.insight.style_tallies import (
    EVERY,
    StyledChange,
    add_to_style_tallies,
    style_tally_of,
)
from bot.storage.votes.counting import credit_of, lock_images, vote_of
from bot.storage.votes.style_heirs import held_heirs_of
from bot.storage.votes.tables import style_tallies, styled_pictures, vote_credits, votes

_SUMMED = tuple(
    func.sum(style_tallies.c[name]).label(name)
    for name in ("pictures", "ups", "downs", "up_weight", "down_weight")
)


class SqlStyleInsightRepository:
    """`StyleInsightRepository` on a connection that is in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, picture: StyledPicture) -> None:
        """Write down a picture in a style, before its first vote is put."""
        await self._connection.execute(
            styled_pictures.insert().values(
                image_id=picture.image_id,
                style=picture.style,
                model=picture.model,
                prompt_kind=picture.kind,
                painted_at=picture.painted_at,
            )
        )

    async def unsorted(self, *, limit: int) -> Sequence[ImageId]:
        """Some of the pictures whose prompts were not looked at yet."""
        found = await self._connection.scalars(
            select(styled_pictures.c.image_id)
            .where(styled_pictures.c.prompt_kind.is_(None))
            .order_by(styled_pictures.c.image_id)
            .limit(limit)
        )
        return [ImageId(each) for each in found]

    async def sort(self, kinds: Mapping[ImageId, PromptKind]) -> None:
        """Say what pictures' prompts are of, and count the votes that they have."""
        # All pictures are held before the first sum, as by whoever changes votes on several.
        await lock_images(self._connection, kinds)
        changes: dict[ImageId, StyledChange] = {}
        styles: set[str] = set()
        for image_id, kind in kinds.items():
            if await self._set_kind(image_id, kind):
                votes_for = await self._votes_for(image_id)
                if votes_for is not None:
                    changes[image_id] = votes_for[1]
                    styles.add(votes_for[0])
        heirs = await held_heirs_of(self._connection, styles)
        await add_to_style_tallies(self._connection, changes, heirs)

    async def _set_kind(self, image_id: ImageId, kind: PromptKind) -> bool:
        """False if that was said before."""
        sorted_now = await self._connection.execute(
            update(styled_pictures)
            .where(styled_pictures.c.image_id == image_id, styled_pictures.c.prompt_kind.is_(None))
            .values(prompt_kind=kind)
        )
        return sorted_now.rowcount > 0

    async def _votes_for(self, image_id: ImageId) -> tuple[str, StyledChange] | None:
        """The key of a picture's style, and what its votes add to that; None without votes."""
        found = await self._connection.execute(select(votes).where(votes.c.image_id == image_id))
        cast = [vote_of(row) for row in found]
        if not cast:
            return None
        credit = await self._connection.execute(
            select(vote_credits).where(
                vote_credits.c.image_id == image_id, vote_credits.c.kind == SubjectKind.STYLE
            )
        )
        style = credit_of(credit.one())
        tally = sum((counted(vote, style) for vote in cast), start=NO_VOTES)
        has_votes = tally.ups + tally.downs > 0
        change = StyledChange(cast[0].guild_id, StyleTally(int(has_votes), tally))
        return style.subject.key, change

    async def over_time(
        self,
        guild_id: GuildId,
        spans: Sequence[str],
        *,
        kind: PromptKind | None,
        model: ModelId | None,
    ) -> Sequence[tuple[str, str, StyleTally]]:
        """Span, style and tally; None means every kind, or every model."""
        found = await self._connection.execute(
            select(style_tallies).where(
                *_of(guild_id, spans),
                style_tallies.c.prompt_kind == (kind.value if kind else EVERY),
                style_tallies.c.model == (model or EVERY),
            )
        )
        return [(row.span, row.style, style_tally_of(row)) for row in found]

    async def by_kind(
        self, guild_id: GuildId, spans: Sequence[str], *, model: ModelId | None
    ) -> Sequence[tuple[PromptKind, str, StyleTally]]:
        """Kind, style and tally over all the spans."""
        found = await self._connection.execute(
            select(style_tallies.c.prompt_kind, style_tallies.c.style, *_SUMMED)
            .where(
                *_of(guild_id, spans),
                style_tallies.c.prompt_kind.in_([kind.value for kind in PromptKind]),
                style_tallies.c.model == (model or EVERY),
            )
            .group_by(style_tallies.c.prompt_kind, style_tallies.c.style)
        )
        return [(PromptKind(row.prompt_kind), row.style, style_tally_of(row)) for row in found]

    async def by_model(
        self, guild_id: GuildId, spans: Sequence[str], *, kind: PromptKind | None
    ) -> Sequence[tuple[ModelId, str, StyleTally]]:
        """Model, style and tally over all the spans."""
        found = await self._connection.execute(
            select(style_tallies.c.model, style_tallies.c.style, *_SUMMED)
            .where(
                *_of(guild_id, spans),
                style_tallies.c.prompt_kind == (kind.value if kind else EVERY),
                style_tallies.c.model > EVERY,
            )
            .group_by(style_tallies.c.model, style_tallies.c.style)
        )
        return [(ModelId(row.model), row.style, style_tally_of(row)) for row in found]


def _of(guild_id: GuildId, spans: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return style_tallies.c.guild_id == guild_id, style_tallies.c.span.in_(spans)
