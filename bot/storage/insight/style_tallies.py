"""Changing the sums by style, kind of prompt and model with the votes that they are of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from sqlalchemy import String, bindparam, delete, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import GuildId, ImageId, ModelId
from bot.domain.insight.style_tally import NOTHING, Cell, StyledPicture, StyleTally, cells_of
from bot.domain.voting.vote import Tally
from bot.storage.engine.upsert import insert_into
from bot.storage.jobs.records import AnyRow
from bot.storage.votes.tables import style_tallies, styled_pictures

EVERY = ""
"""Stands for every kind and for every model."""

_ROWS_A_STATEMENT = 100
_KEY = tuple(column.name for column in style_tallies.primary_key.columns)
_SUMS = ("pictures", "ups", "downs", "up_weight", "down_weight")

_Item = TypeVar("_Item")
_Key: TypeAlias = tuple[GuildId, str, str, str, str]


@dataclass(frozen=True, slots=True)
class StyledChange:
    """What is added for a picture of a server; negative sums take away."""

    guild_id: GuildId
    change: StyleTally


async def add_to_style_tallies(
    connection: AsyncConnection,
    changes: Mapping[ImageId, StyledChange],
    heirs: Mapping[str, str],
) -> None:
    """Add to every sum that pictures are in; those whose prompts were not looked at are in none.

    Pictures in merged styles are in the sums of their heirs, which are held.

    Rows are locked in the order of their keys, after those of `vote_tallies`.
    """
    in_step = {image_id: each for image_id, each in changes.items() if not each.change.is_empty}
    sums: dict[_Key, StyleTally] = {}
    for some in _batches(sorted(in_step)):
        found = await connection.execute(
            select(styled_pictures).where(
                styled_pictures.c.image_id.in_(some), styled_pictures.c.prompt_kind.is_not(None)
            )
        )
        for row in found:
            added = in_step[ImageId(row.image_id)]
            picture = styled_picture_of(row)
            counted_for = replace(picture, style=heirs.get(picture.style, picture.style))
            for cell in cells_of(counted_for):
                key = _key_of(added.guild_id, cell)
                sums[key] = sums.get(key, NOTHING) + added.change
    for keys in _batches(sorted(sums)):
        await _add(connection, [(key, sums[key]) for key in keys])


async def merge_style_tallies(
    connection: AsyncConnection, guild_id: GuildId, former: str, heir: str
) -> None:
    """Add all sums of a style of a server to those of another, by their keys, which are held."""
    of_former = (style_tallies.c.guild_id == guild_id, style_tallies.c.style == former)
    columns = [
        literal(heir, String).label("style") if column.name == "style" else column
        for column in style_tallies.c
    ]
    insert = insert_into(connection, style_tallies).from_select(
        [column.name for column in style_tallies.c],
        select(*columns).where(*of_former).order_by(*style_tallies.primary_key.columns),
    )
    await connection.execute(
        insert.on_conflict_do_update(
            index_elements=list(style_tallies.primary_key.columns),
            set_={name: style_tallies.c[name] + insert.excluded[name] for name in _SUMS},
        )
    )
    await connection.execute(delete(style_tallies).where(*of_former))


def styled_picture_of(row: AnyRow) -> StyledPicture:
    """The picture of a row."""
    return StyledPicture(
        image_id=ImageId(row.image_id),
        style=row.style,
        model=ModelId(row.model),
        kind=row.prompt_kind,
        painted_at=row.painted_at,
    )


def style_tally_of(row: AnyRow) -> StyleTally:
    """The sums of a row; PostgreSQL sums whole numbers to decimals."""
    votes = Tally(int(row.ups), int(row.downs), int(row.up_weight), int(row.down_weight))
    return StyleTally(int(row.pictures), votes)


def _key_of(guild_id: GuildId, cell: Cell) -> _Key:
    return (
        guild_id,
        cell.span,
        cell.kind.value if cell.kind else EVERY,
        cell.model or EVERY,
        cell.style,
    )


async def _add(connection: AsyncConnection, changes: Iterable[tuple[_Key, StyleTally]]) -> None:
    insert = insert_into(connection, style_tallies).values(
        [dict(zip(_KEY, key, strict=True)) | _sums_of(change) for key, change in changes]
    )
    upsert = insert.on_conflict_do_update(
        index_elements=list(style_tallies.primary_key.columns),
        set_={name: style_tallies.c[name] + insert.excluded[name] for name in _SUMS},
    )
    rows = await connection.execute(upsert.returning(*style_tallies.c))
    gone = [row for row in rows.all() if style_tally_of(row).is_empty]
    if gone:
        at_key = [style_tallies.c[name] == bindparam(f"at_{name}") for name in _KEY]
        keys = [{f"at_{name}": getattr(row, name) for name in _KEY} for row in gone]
        await connection.execute(delete(style_tallies).where(*at_key), keys)


def _batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _ROWS_A_STATEMENT):
        yield items[start : start + _ROWS_A_STATEMENT]


def _sums_of(change: StyleTally) -> dict[str, object]:
    votes = change.votes
    return {
        "pictures": change.pictures,
        "ups": votes.ups,
        "downs": votes.downs,
        "up_weight": votes.up_weight,
        "down_weight": votes.down_weight,
    }
