"""Whatever is voted, held, withdrawn, deleted and merged, in whatever order: tallies are right."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.ids import GuildId, UserId
from bot.domain.insight.style_tally import Cell, StyleTally
from bot.domain.styles.merging import Merge
from bot.domain.styles.server_style import ServerStyle, StyleDraft
from bot.domain.voting.credits import server_style_key
from bot.domain.voting.holding import Hold, HoldId
from bot.domain.voting.vote import NO_VOTES, Newness, Subject, SubjectKind, Tally, VoteValue
from bot.storage.database import Database
from tests.storage.factories import NOW, add_job, make_image, make_request
from tests.storage.gallery import Gallery, Key
from tests.storage.vote_acts import (
    Act,
    Cast,
    Sort,
    Withdraw,
    casts,
    decisions,
    deletions,
    holds,
    purges,
    sortings,
    withdrawals,
)
from tests.thoroughness import tries

STYLES = 3
OF_IMAGES = (0, 1, 2, 0)


@dataclass(frozen=True)
class Fold:
    """One style is merged into another, if both still stand for themselves."""

    folded: int
    into: int


style_numbers = st.integers(0, STYLES - 1)
folds = st.builds(Fold, style_numbers, style_numbers)
histories = st.lists(
    casts | casts | casts | folds | withdrawals | holds | decisions | purges | deletions | sortings,
    min_size=6,
    max_size=24,
)


class Studio(Gallery):
    """The same images, each painted in a style of the server."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.styles = [f"style-{self.guild_id}-{number}" for number in range(STYLES)]
        self._heirs: dict[str, str] = {}

    async def hang(self) -> None:
        async with self._database.write() as tx:
            for style_id in self.styles:
                assert await tx.styles.save(make_style(style_id, self.guild_id))
        for image_id, parent, style in zip(self.ids, (None, *self.ids), OF_IMAGES, strict=False):
            job = await add_job(
                self._database,
                request=make_request(server_style=self.styles[style]),
                images=(make_image(id=image_id, parent=parent),),
            )
            self._jobs.append(job)
            await self._write_down_style(image_id, len(self._jobs) - 1)

    async def fold(self, act: Fold) -> None:
        folded_id, into_id = self.styles[act.folded], self.styles[act.into]
        if folded_id == into_id or {folded_id, into_id} & self._heirs.keys():
            return
        async with self._database.write() as tx:
            held = await tx.merges.hold(self.guild_id, folded_id, into_id)
            await tx.merges.merge(Merge(held[folded_id], held[into_id]))
        heirs = {**self._heirs, folded_id: into_id}
        self._heirs = {one: into_id if to == folded_id else to for one, to in heirs.items()}

    def expected(self) -> dict[Key, Tally]:
        heirs = self._heirs_by_key()
        sums: dict[Key, Tally] = defaultdict(lambda: NO_VOTES)
        for (kind, span, subject), tally in super().expected().items():
            sums[kind, span, heirs.get(subject, subject)] += tally
        return dict(sums)

    def expected_of_styles(self) -> dict[Cell, StyleTally]:
        heirs = self._heirs_by_key()
        sums: dict[Cell, StyleTally] = defaultdict(StyleTally)
        for cell, tally in super().expected_of_styles().items():
            sums[replace(cell, style=heirs.get(cell.style, cell.style))] += tally
        return dict(sums)

    def _heirs_by_key(self) -> dict[str, str]:
        return {server_style_key(a): server_style_key(b) for a, b in self._heirs.items()}


def make_style(style_id: str, guild_id: GuildId) -> ServerStyle:
    return ServerStyle(
        id=style_id,
        guild_id=guild_id,
        draft=StyleDraft(name=style_id, template="{prompt}"),
        author_id=UserId(1),
        created_at=NOW,
    )


@settings(
    max_examples=tries(10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories)
async def test_tallies_equal_the_votes_of_what_was_merged(
    database: Database, history: list[Act | Fold]
) -> None:
    studio = Studio(database)
    await studio.hang()
    for act in history:
        if isinstance(act, Fold):
            await studio.fold(act)
        else:
            await studio.act(act)

    assert await studio.kept() == studio.expected()
    assert await studio.kept_of_styles() == studio.expected_of_styles()
    async with database.read() as tx:
        heirs = await tx.merges.heirs(studio.guild_id)
    assert not heirs.keys() & set(heirs.values())


async def test_a_vote_from_before_a_merge_is_changed_and_taken_back_after_it(
    database: Database,
) -> None:
    studio = Studio(database)
    await studio.hang()
    for member in (5, 6):
        await studio.act(Cast(member, 0, VoteValue.UP, 1_000, 0))
    await studio.fold(Fold(0, 1))
    await studio.act(Cast(5, 0, VoteValue.DOWN, 500, 40))
    await studio.act(Withdraw(6, 0))
    await studio.act(Sort())
    await studio.act(Cast(7, 3, VoteValue.UP, 1_000, 0))

    assert await studio.kept() == studio.expected()
    assert await studio.kept_of_styles() == studio.expected_of_styles()
    key = server_style_key(studio.styles[1])
    async with database.read() as tx:
        tallies = await tx.votes.tallies_of(
            studio.guild_id, SubjectKind.STYLE, [*map(server_style_key, studio.styles)]
        )
    assert tallies == {key: Tally(1, 1, 1_000, 500)}


async def test_votes_that_come_while_styles_are_merged_are_all_counted(database: Database) -> None:
    studio = Studio(database)
    await studio.hang()
    await asyncio.gather(*(studio.act(Cast(0, n, VoteValue.UP, 1_000, 0)) for n in range(4)))

    async with asyncio.TaskGroup() as group:
        for member in range(1, 5):
            for image in range(4):
                cast = Cast(member, image, VoteValue.UP, 1_000, member)
                group.create_task(studio.act(cast))
            if member % 2:
                group.create_task(studio.fold(Fold(member - 1, 1)))

    assert await studio.kept() == studio.expected()
    assert await studio.kept_of_styles() == studio.expected_of_styles()


async def test_a_burst_joins_what_is_held_of_a_style_that_was_merged(database: Database) -> None:
    studio = Studio(database)
    await studio.hang()
    former, heir = (
        Subject(SubjectKind.STYLE, server_style_key(studio.styles[number])) for number in (0, 1)
    )
    hold = Hold(id=HoldId("first"), guild_id=studio.guild_id, subject=former, since=NOW)
    async with database.write() as tx:
        await tx.held_votes.begin(hold)
    await studio.fold(Fold(0, 1))
    for image in (0, 1, 3):
        await studio.act(Cast(image, image, VoteValue.UP, 1_000, 0, Newness.MEMBERSHIP))

    second = replace(hold, id=HoldId("second"), subject=heir)
    async with database.write() as tx:
        assert await tx.held_votes.open_on(studio.guild_id, heir) == hold
        assert await tx.held_votes.begin(second) == hold
        found = await tx.held_votes.hold_recent(
            studio.guild_id, heir, since=NOW - timedelta(minutes=1)
        )
        shares = await tx.leaderboards.shares_of(studio.guild_id, heir)
    assert sorted(vote.user_id for vote in found) == [0, 1, 3]
    assert sum(share.votes for share in shares) == 3
