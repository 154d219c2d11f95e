"""What members and managers see of `/defaults`."""

import discord
import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from bot.domain.asking.request import Recipe
from tests.behaviour.server import Server, answer, gallery_of, text_of
from tests.paintings import painted_by


@pytest.fixture
def manager(server: Server) -> MemberActor:
    role = server.guild.create_role("host", permissions=discord.Permissions(manage_guild=True))
    return server.guild.add_member(server.env.create_user("marta"), roles=[role])


async def set_defaults(server: Server, member: MemberActor, **options: object) -> InteractionResult:
    return await member.slash(server.general, "defaults set", **options)


async def last_recipe(server: Server) -> Recipe:
    async with server.app.database._engines.writer.begin() as connection:
        newest = "SELECT id FROM jobs ORDER BY rowid DESC LIMIT 1"
        job_id = (await connection.exec_driver_sql(newest)).scalar_one()
    async with server.app.database.read() as tx:
        job = await tx.jobs.get(job_id)
    assert job is not None
    return painted_by(job)


async def test_a_members_defaults_count_where_they_say_nothing(server: Server) -> None:
    result = await set_defaults(server, server.alice, style="Film Noir", images=2, private=True)
    assert result.ephemeral
    assert '**Yours**: `--style "Film Noir" --images 2 --private`' in text_of(answer(result))

    painted = await server.imagine("a red fox")
    said_otherwise = await server.imagine("a red fox", style="Anime", images=1, private=False)

    assert painted.ephemeral
    assert "Film Noir · seeds" in text_of(answer(painted))
    assert not said_otherwise.ephemeral
    assert "Anime · seed " in text_of(answer(said_otherwise))


async def test_the_models_numbers_can_be_defaults_where_the_model_heeds_them(
    server: Server,
) -> None:
    result = await set_defaults(server, server.alice, steps=8, guidance=7.5, enhance=True)
    assert "`--steps 8 --guidance 7.5 --enhance`" in text_of(answer(result))

    heeding = await server.imagine("a red fox")
    ignoring = await server.imagine("a red fox", model="flux-2-pro")

    assert "Rewritten: “" in text_of(answer(heeding))
    assert len(gallery_of(answer(ignoring))) == 1
    cleared = await server.alice.slash(server.general, "defaults clear", option="enhance")
    assert "`--steps 8 --guidance 7.5`" in text_of(answer(cleared))


async def test_defaults_are_a_members_own(server: Server) -> None:
    await set_defaults(server, server.alice, style="Film Noir")

    result = await server.bob.slash(server.general, "imagine", prompt="a red fox")
    await server.finish()

    assert "Film Noir" not in text_of(answer(result))


async def test_member_counts_more_than_channel_and_channel_more_than_server(
    server: Server, manager: MemberActor
) -> None:
    await set_defaults(server, manager, scope="server", style="Anime", aspect="16:9", images=2)
    await set_defaults(server, manager, scope="channel", style="Origami")
    await set_defaults(server, server.alice, images=1)

    here = text_of(answer(await server.imagine("a red fox")))
    other = server.guild.create_text_channel("other")
    there = await server.bob.slash(other, "imagine", prompt="a red fox")
    await server.finish()

    assert "1280×720 · Origami · seed " in here
    assert "1280×720 · Anime · seeds " in text_of(answer(there))


@pytest.mark.parametrize("scope", ["server", "channel"])
async def test_only_those_who_manage_the_server_change_what_holds_for_others(
    server: Server, scope: str
) -> None:
    for command in ("defaults set", "defaults clear"):
        options = {"style": "Anime"} if command == "defaults set" else {}
        result = await server.alice.slash(server.general, command, scope=scope, **options)
        assert result.ephemeral
        assert "Only members who may manage the server" in text_of(answer(result))

    assert "Anime" not in text_of(answer(await server.imagine("a red fox")))


async def test_a_server_says_how_its_pictures_are_written(
    server: Server, manager: MemberActor
) -> None:
    set_now = await set_defaults(
        server, manager, scope="server", format="png", hide_watermark=True, embed_exif_metadata=True
    )
    assert "without a watermark · with metadata in the files" in text_of(answer(set_now))

    await server.imagine("a red fox")

    recipe = await last_recipe(server)
    assert recipe.image_format == "png"
    assert recipe.hide_watermark
    assert recipe.embed_exif_metadata


async def test_watermarks_are_a_servers_alone(server: Server) -> None:
    result = await set_defaults(server, server.alice, hide_watermark=True)

    assert "choose `scope:server`" in text_of(answer(result))


async def test_a_default_that_the_chosen_model_does_not_take_is_left_out(server: Server) -> None:
    await set_defaults(server, server.alice, model="gpt-image-2", size="2K", quality="high")

    painted = await server.imagine("a red fox", model="z-image-turbo")

    assert "Z-Image Turbo · 1024×1024" in text_of(answer(painted))


async def test_a_default_size_gives_way_to_a_ratio_said_now(server: Server) -> None:
    await set_defaults(server, server.alice, size="1024x768")

    painted = await server.imagine("a banner", aspect="16:9")

    assert "1280×720" in text_of(answer(painted))


async def test_a_default_that_could_not_be_painted_is_refused(server: Server) -> None:
    result = await set_defaults(server, server.alice, style="Watercolur")

    assert "Did you mean `Watercolor`" in text_of(answer(result))


async def test_defaults_are_shown_and_cleared_one_by_one_or_all(
    server: Server, manager: MemberActor
) -> None:
    await set_defaults(server, manager, scope="server", aspect="16:9", hide_watermark=True)
    await set_defaults(server, server.alice, style="Anime", images=2)

    shown = text_of(answer(await server.alice.slash(server.general, "defaults show")))
    assert "**Yours**: `--style Anime --images 2`" in shown
    assert "**This channel's**: none" in shown
    assert "**This server's**: `--ar 16:9` · without a watermark" in shown
    assert "Together, for your prompts here: `--style Anime --ar 16:9 --images 2`" in shown

    one = await server.alice.slash(server.general, "defaults clear", option="images")
    assert "**Yours**: `--style Anime`" in text_of(answer(one))
    everything = await server.alice.slash(server.general, "defaults clear")
    assert "**Yours**: none" in text_of(answer(everything))
    servers = await manager.slash(
        server.general, "defaults clear", scope="server", option="hide_watermark"
    )
    assert "**This server's**: `--ar 16:9`\n" in f"{text_of(answer(servers))}\n"
