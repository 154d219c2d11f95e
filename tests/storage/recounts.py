"""What the votes in the tables come to, counted anew behind the repositories' back."""

from collections import defaultdict
from typing import TypeAlias

from sqlalchemy import select

from bot.domain.ids import ModelId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_tally import Cell, StyleTally, cells_of
from bot.domain.voting.credits import server_style_key
from bot.domain.voting.span import span_keys
from bot.domain.voting.vote import NO_VOTES, Credit, SubjectKind, Tally, Vote, counted
from bot.storage.database import Database
from bot.storage.insight.style_tallies import style_tally_of, styled_picture_of
from bot.storage.votes.counting import credit_of, vote_of
from bot.storage.votes.tables import (
    server_styles,
    style_tallies,
    styled_pictures,
    vote_credits,
    vote_tallies,
    votes,
)
from bot.storage.votes.tallies import tally_of

_Key: TypeAlias = tuple[str, str, str]


class Recount:
    """The rows of one moment."""

    def __init__(self) -> None:
        self._votes: list[tuple[Vote, list[Credit]]] = []
        self.tallies: dict[_Key, Tally] = {}
        self.sums: dict[Cell, StyleTally] = {}
        self._cells: dict[str, list[Cell]] = {}
        self._heirs: dict[str, str] = {}

    @classmethod
    async def of(cls, database: Database) -> "Recount":
        """Read everything."""
        found = cls()
        async with database._engines.reader.connect() as connection:
            found._heirs = {
                server_style_key(row.id): server_style_key(row.merged_into)
                for row in await connection.execute(select(server_styles))
                if row.merged_into is not None
            }
            credits_: dict[str, list[Credit]] = defaultdict(list)
            for row in await connection.execute(select(vote_credits)):
                credits_[row.image_id].append(credit_of(row))
            for row in await connection.execute(select(votes)):
                found._votes.append((vote_of(row), credits_[row.image_id]))
            for row in await connection.execute(select(vote_tallies)):
                found.tallies[row.kind.value, row.span, row.subject] = tally_of(row)
            for row in await connection.execute(select(styled_pictures)):
                if row.prompt_kind is not None:
                    found._cells[row.image_id] = list(cells_of(styled_picture_of(row)))
            for row in await connection.execute(select(style_tallies)):
                kind = PromptKind(row.prompt_kind) if row.prompt_kind else None
                model = ModelId(row.model) if row.model else None
                found.sums[Cell(row.span, kind, model, row.style)] = style_tally_of(row)
        return found

    def expected_tallies(self) -> dict[_Key, Tally]:
        """What every tally has to be."""
        sums: dict[_Key, Tally] = defaultdict(lambda: NO_VOTES)
        for vote, credits_ in self._votes:
            for credit in credits_:
                kind, key = credit.subject.kind.value, self._of_heir(credit.subject.key)
                for span in span_keys(vote.cast_at):
                    sums[kind, span, key] += counted(vote, credit)
        return {key: tally for key, tally in sums.items() if not tally.is_empty}

    def expected_sums(self) -> dict[Cell, StyleTally]:
        """What every sum by style, kind of prompt and model has to be."""
        of_images: dict[str, Tally] = defaultdict(lambda: NO_VOTES)
        for vote, credits_ in self._votes:
            for credit in credits_:
                if credit.subject.kind is SubjectKind.STYLE:
                    of_images[vote.image_id] += counted(vote, credit)
        sums: dict[Cell, StyleTally] = defaultdict(StyleTally)
        for image_id, tally in of_images.items():
            for cell in self._cells.get(image_id, ()):
                at = Cell(cell.span, cell.kind, cell.model, self._of_heir(cell.style))
                sums[at] += StyleTally(int(tally.ups + tally.downs > 0), tally)
        return {cell: each for cell, each in sums.items() if not each.is_empty}

    def _of_heir(self, key: str) -> str:
        return self._heirs.get(key, key)
