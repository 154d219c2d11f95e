from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.flags import Options
from bot.domain.ids import UserId
from bot.domain.preferences.defaults import NO_DEFAULTS, Defaults, DefaultsScope
from bot.domain.preferences.preset import Preset
from bot.storage.database import Database
from tests.thoroughness import tries

ALICE, BOB = UserId(1), UserId(2)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


async def set_defaults(
    database: Database, owner_id: int, value: Defaults, scope: DefaultsScope = DefaultsScope.MEMBER
) -> None:
    async with database.write() as tx:
        await tx.preferences.set_defaults(scope, owner_id, value)


async def test_each_scope_and_owner_has_defaults_of_its_own(database: Database) -> None:
    mine, servers = Defaults(options=Options(style="Anime")), Defaults(hide_watermark=True)
    await set_defaults(database, 1, mine)
    await set_defaults(database, 1, servers, DefaultsScope.SERVER)

    async with database.read() as tx:
        found = await tx.preferences.all_defaults()

    assert sorted(found, key=lambda row: row[0]) == [
        (DefaultsScope.MEMBER, 1, mine),
        (DefaultsScope.SERVER, 1, servers),
    ]


async def test_defaults_are_replaced_and_removed_when_nothing_is_left(database: Database) -> None:
    await set_defaults(database, 1, Defaults(options=Options(images=2)))
    await set_defaults(database, 1, Defaults(options=Options(images=3)))
    async with database.read() as tx:
        [(_, _, found)] = await tx.preferences.all_defaults()
    assert found.options.images == 3

    await set_defaults(database, 1, NO_DEFAULTS)
    async with database.read() as tx:
        assert await tx.preferences.all_defaults() == []


async def test_a_preset_is_saved_in_place_of_its_namesake_and_deleted_by_name(
    database: Database,
) -> None:
    first = Preset("Film  Noir", Options(style="Film Noir"))
    second = Preset("film noir", Options(seed=5), prompt="{prompt}, rain")
    async with database.write() as tx:
        await tx.preferences.save_preset(ALICE, first)
        await tx.preferences.save_preset(ALICE, second)
        await tx.preferences.save_preset(BOB, first)
        assert sorted(await tx.preferences.all_presets(), key=lambda each: each[0]) == [
            (ALICE, second),
            (BOB, first),
        ]
        assert await tx.preferences.delete_preset(ALICE, "FILM NOIR")
        assert not await tx.preferences.delete_preset(ALICE, "film noir")
        assert await tx.preferences.all_presets() == [(BOB, first)]


@settings(
    max_examples=tries(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    options=st.builds(Options, model=st.none() | words, negative=st.none() | words), prompt=words
)
async def test_any_options_come_back(database: Database, options: Options, prompt: str) -> None:
    preset = Preset("any", options, prompt)
    async with database.write() as tx:
        await tx.preferences.save_preset(ALICE, preset)
        [(_, found)] = await tx.preferences.all_presets()
    assert found == preset
