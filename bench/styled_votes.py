"""Votes on pictures in styles for `bench.votes`: all kinds of prompts, on some models."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.ids import GuildId, ImageId, ModelId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_tally import Cell, StyledPicture, StyleTally, cells_of
from bot.domain.voting.vote import Subject, SubjectKind, Tally
from bot.storage.insight.style_tallies import EVERY

KINDS = tuple(PromptKind)
MODELS = tuple(ModelId(f"model-{number}") for number in range(4))
DAYS = 84


def styled_picture(number: int, image_id: ImageId, style: str, now: datetime) -> StyledPicture:
    """Pictures come in all kinds and on all models, evenly over the weeks."""
    chosen = random.Random(number)  # noqa: S311 - the same pictures at every run
    return StyledPicture(
        image_id=image_id,
        style=style,
        model=chosen.choice(MODELS),
        kind=chosen.choice(KINDS),
        painted_at=now - timedelta(days=chosen.randrange(DAYS)),
    )


def styled_row(picture: StyledPicture) -> dict[str, Any]:
    """A picture as the database has it."""
    return {
        "image_id": picture.image_id,
        "style": picture.style,
        "model": picture.model,
        "prompt_kind": picture.kind,
        "painted_at": picture.painted_at,
    }


def style_tally_rows(
    guild_id: GuildId, pictures: Iterable[StyledPicture], sums: Mapping[Subject, Tally]
) -> Iterator[dict[str, Any]]:
    """What the votes on pictures come to."""
    cells: dict[Cell, StyleTally] = defaultdict(StyleTally)
    for picture in pictures:
        tally = StyleTally(1, sums[Subject(SubjectKind.IMAGE, picture.image_id)])
        for cell in cells_of(picture):
            cells[cell] += tally
    for cell, tally in cells.items():
        yield {
            "guild_id": guild_id,
            "span": cell.span,
            "prompt_kind": cell.kind.value if cell.kind else EVERY,
            "model": cell.model or EVERY,
            "style": cell.style,
            "pictures": tally.pictures,
            "ups": tally.votes.ups,
            "downs": tally.votes.downs,
            "up_weight": tally.votes.up_weight,
            "down_weight": tally.votes.down_weight,
        }
