"""Whatever is voted, held, withdrawn and deleted, in whatever order: tallies equal the votes."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from bot.domain.voting.vote import SubjectKind, Tally, VoteValue
from bot.storage.database import Database
from tests.prepared import prepared_sqlite
from tests.storage.gallery import Gallery
from tests.storage.vote_acts import Act, Cast, histories
from tests.thoroughness import tries


@settings(
    max_examples=tries(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories)
async def test_tallies_equal_the_votes(database: Database, history: list[Act]) -> None:
    gallery = Gallery(database)
    await gallery.hang()
    for act in history:
        await gallery.act(act)

    assert await gallery.kept() == gallery.expected()
    assert await gallery.kept_of_styles() == gallery.expected_of_styles()


@settings(max_examples=tries(4), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=histories, after=histories)
async def test_tallies_equal_the_votes_over_a_restart(before: list[Act], after: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = prepared_sqlite(Path(folder) / "gondola.db")
        async with Database.open(url) as database:
            gallery = Gallery(database)
            await gallery.hang()
            for act in before:
                await gallery.act(act)
        async with Database.open(url) as database:
            gallery.move_to(database)
            for act in after:
                await gallery.act(act)

            assert await gallery.kept() == gallery.expected()
            assert await gallery.kept_of_styles() == gallery.expected_of_styles()


async def test_votes_at_the_same_time_are_all_counted(database: Database) -> None:
    gallery = Gallery(database)
    await gallery.hang()
    await gallery.act(Cast(0, 1, VoteValue.UP, 1_000, 0))

    async with asyncio.TaskGroup() as group:
        for member in range(1, 7):
            value = VoteValue.UP if member % 2 else VoteValue.DOWN
            group.create_task(gallery.act(Cast(member, 1, value, 1_000, 0)))

    assert await gallery.kept() == gallery.expected()
    assert await gallery.kept_of_styles() == gallery.expected_of_styles()
    async with database.read() as tx:
        counts = await tx.votes.tallies_of(gallery.guild_id, SubjectKind.IMAGE, gallery.ids)
    assert counts[gallery.ids[1]] == Tally(4, 3, 4_000, 3_000)
    assert counts[gallery.ids[0]] == Tally(0, 0, 2_000, 1_500)
    assert gallery.ids[2] not in counts
