"""What a merge leaves behind: battles, presets, names, and what it writes down."""

from dataclasses import replace

import pytest

from bot.domain.battles.battle import BattleState, CallOff, Count
from bot.domain.battles.rating import Evidence
from bot.domain.errors import ManageServerNeeded, PageExpired
from bot.domain.flags import Options
from bot.domain.ids import BattleId, UserId
from bot.domain.moderation.audit import Act
from bot.domain.preferences.preset import Preset
from bot.domain.styles.errors import StyleExists, StyleMerged
from bot.domain.styles.merging import Merge, MergeScope, merge_target
from bot.domain.styles.references import StyleReference
from bot.domain.voting.credits import server_style_key
from bot.media.thumbnails import ThumbnailStore
from bot.services.asking.plans import Place
from bot.services.styles.book import StyleBook
from bot.services.styles.merging import StyleMerger
from bot.services.styles.styles import StyleKeeper
from bot.storage.database import Database
from tests.services.models import ShelfCatalogue
from tests.storage.factories import MEMBER, SERVER, keep_styles
from tests.storage.test_battles import CHANNEL, PICTURE, Arena, arena, make_battle, opened
from tests.storage.test_merged_votes import make_style

__all__ = ["arena"]

NOIR, INK, OILS = (make_style(name, SERVER) for name in ("noir", "ink", "oils"))
MANAGER = StyleKeeper(
    Place(user_id=UserId(9), guild_id=SERVER, channel_id=CHANNEL, locale="en"), may_manage=True
)


async def make_merger(arena: Arena) -> tuple[StyleMerger, StyleBook]:
    book = StyleBook(arena.database)
    await keep_styles(arena.database, book, NOIR, INK, OILS)
    merger = StyleMerger(
        storage=arena.database,
        book=book,
        catalogue=ShelfCatalogue(),
        battles=arena.ending,
        pictures=arena.pictures,
        thumbnails=ThumbnailStore(
            arena.pictures.path_of(PICTURE).parents[2] / "small",
            path_of=arena.pictures.path_of,
            limit_bytes=1_000,
        ),
        clock=arena.clock,
    )
    return merger, book


async def fought(arena: Arena, number: int, one: str, other: str) -> None:
    battle = make_battle(
        id=BattleId(f"{number}"),
        state=BattleState.CLOSED,
        style_a=server_style_key(one),
        style_b=server_style_key(other),
        closed_at=arena.clock.now(),
        count=Count(1, 0, 1_000, 0),
    )
    async with arena.database.write() as tx:
        await tx.battles.add(battle)


async def test_a_merge_says_what_it_concerns_and_is_done_once(arena: Arena) -> None:
    merger, book = await make_merger(arena)
    for number, pair in enumerate([("noir", "oils"), ("ink", "oils"), ("noir", "ink")], start=20):
        await fought(arena, number, *pair)
    await opened(arena, style_a=server_style_key("ink"), style_b=server_style_key("noir"))
    async with arena.database.write() as tx:
        await tx.members.account_of(MEMBER, SERVER)
        for name, style in {"a": "Noir", "b": "ink", "c": None}.items():
            await tx.preferences.save_preset(MEMBER, Preset(name, Options(style=style)))
        await tx.preferences.save_preset(UserId(77), Preset("a", Options(style="noir")))

    reference = StyleReference(
        style_id=NOIR.id,
        guild_id=SERVER,
        user_id=MEMBER,
        picture=PICTURE,
        added_at=arena.clock.now(),
    )
    async with arena.database.write() as tx:
        await tx.style_references.add(reference)
        await tx.style_references.add(replace(reference, style_id=INK.id))

    question = await merger.ask("Noir", "ink", MANAGER)

    assert question.scope == MergeScope(
        votes=0, battles=2, meetings=1, open_meetings=1, presets=1, references=1
    )
    target = merge_target(question.merge)
    await merger.merge(target, MANAGER)
    with pytest.raises(StyleMerged):
        await merger.merge(target, MANAGER)

    noir, ink, oils = (server_style_key(name) for name in ("noir", "ink", "oils"))
    async with arena.database.read() as tx:
        assert sorted(await tx.battles.evidence(SERVER), key=repr) == [
            Evidence(ink, oils, 1_000, 0),
            Evidence(ink, oils, 1_000, 0),
        ]
        assert await tx.battles.battles_by_style(SERVER) == {ink: 2, oils: 2}
        [kept] = await tx.style_references.all()
        [logged] = await tx.audit.latest(SERVER, act=Act.STYLE_MERGED, limit=5)
    assert (logged.entry.subject, logged.entry.detail) == ("noir", "into ink")
    assert kept.style_id == INK.id
    [called_off] = arena.battles.called_off
    assert called_off.call_off is CallOff.MERGED
    assert book.name_of(SERVER, noir) == "ink"
    assert [style.name for style in book.of_server(SERVER)] == ["ink", "oils"]


async def test_only_managers_merge_and_only_by_a_button_that_says_what(arena: Arena) -> None:
    merger, _ = await make_merger(arena)
    with pytest.raises(ManageServerNeeded):
        await merger.ask("noir", "ink", StyleKeeper(MANAGER.place, may_manage=False))
    with pytest.raises(PageExpired):
        await merger.merge("noir", MANAGER)


async def test_styles_merged_one_after_the_other_are_all_the_last_one(arena: Arena) -> None:
    merger, book = await make_merger(arena)
    for folded, into in (("noir", "ink"), ("ink", "oils")):
        question = await merger.ask(folded, into, MANAGER)
        await merger.merge(merge_target(question.merge), MANAGER)

    for name in ("noir", "ink", "oils"):
        found = book.find(SERVER, name)
        assert found is not None
        assert found.id == OILS.id
    with pytest.raises(StyleMerged):
        await merger.ask("oils", "noir", MANAGER)
    assert sorted(book.names_taken(SERVER)) == ["ink", "noir", "oils"]


async def test_whoever_does_not_know_of_a_merge_yet_cannot_undo_it(database: Database) -> None:
    stale, book = StyleBook(database), StyleBook(database)
    await keep_styles(database, book, NOIR, INK)
    await stale.load()
    async with database.write() as tx:
        held = await tx.merges.hold(SERVER, NOIR.id, INK.id)
        assert held.keys() == {NOIR.id, INK.id}
    async with database.write() as tx:
        await tx.merges.merge(Merge(NOIR, INK))

    await keep_styles(database, stale, NOIR)
    await book.load()

    found = book.find(SERVER, "noir")
    assert found is not None
    assert found.id == INK.id
    with pytest.raises(StyleExists):
        await keep_styles(database, book, replace(NOIR, id="another"))


async def test_a_battle_that_a_merge_missed_is_called_off_at_its_end(arena: Arena) -> None:
    await make_merger(arena)
    await opened(arena, style_a=server_style_key("ink"), style_b=server_style_key("noir"))
    async with arena.database.write() as tx:
        await tx.merges.merge(Merge(NOIR, INK))

    await arena.ending.close(BattleId("1"))

    [battle] = arena.battles.called_off
    assert battle.call_off is CallOff.MERGED
    assert arena.battles.ends == []
