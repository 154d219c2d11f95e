"""What there may be one of, or so many, however many come for it at the same moment."""

import asyncio
from dataclasses import replace

from bot.domain.ids import GuildId
from bot.domain.styles.server_style import ServerStyle, StyleDraft
from bot.storage.database import Database
from tests.storage.factories import MEMBER, NOW, SERVER


def make_style(number: int, name: str) -> ServerStyle:
    draft = StyleDraft(name=name, template="{prompt}")
    return ServerStyle(
        id=f"style-{number}", guild_id=SERVER, draft=draft, author_id=MEMBER, created_at=NOW
    )


async def test_a_name_that_many_want_at_once_is_one_styles(database: Database) -> None:
    async def add(number: int) -> bool:
        async with database.write() as tx:
            return await tx.styles.save(make_style(number, "Noir"))

    assert sum(await asyncio.gather(*(add(number) for number in range(8)))) == 1


async def test_files_of_styles_in_whatever_order_do_not_lock_each_other(
    database: Database,
) -> None:
    async def add(names: list[str], first: int) -> list[bool]:
        async with database.write() as tx:
            return [
                await tx.styles.save(make_style(first + at, name)) for at, name in enumerate(names)
            ]

    names = [f"style {number}" for number in range(6)]
    added = await asyncio.gather(add(names, 0), add(names[::-1], 10))
    assert sorted(added) == [[False] * 6, [True] * 6]


async def test_what_two_change_of_a_style_at_once_is_both_changed(database: Database) -> None:
    async with database.write() as tx:
        await tx.styles.save(make_style(1, "Noir"))

    async def change(**changes: object) -> None:
        async with database.write() as tx:
            await tx.styles.hold()
            present = await tx.styles.get("style-1")
            assert present is not None
            await tx.styles.save(replace(present, **changes))  # type: ignore[arg-type]

    await asyncio.gather(change(example="picture"), change(retired_at=NOW))
    async with database.read() as tx:
        found = await tx.styles.get("style-1")
        assert await tx.styles.count(SERVER) == 1
        assert await tx.styles.count(GuildId(SERVER + 1)) == 0
    assert found is not None
    assert (found.example, found.retired_at) == ("picture", NOW)


async def test_of_many_who_write_the_same_marker_one_has_changed_it(database: Database) -> None:
    async def change(value: str) -> bool:
        async with database.write() as tx:
            return await tx.markers.change("told", value)

    assert sum(await asyncio.gather(*(change("now") for _ in range(8)))) == 1
    assert await change("later")
