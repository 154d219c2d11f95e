"""What members see of `/history` and `/gallery`."""

import discord
import pytest
import simcord

from bot.app import open_app
from bot.settings import Settings
from tests.behaviour.server import (
    Server,
    answer,
    every_button_of,
    gallery_of,
    picture,
    text_of,
    thumbnails_of,
)


async def paint(server: Server, *prompts: str, **options: object) -> None:
    for prompt in prompts:
        await server.imagine(prompt, **options)


async def test_history_shows_what_a_member_painted_to_them_alone(server: Server) -> None:
    await paint(server, "a red fox", "a blue whale")

    result = await server.alice.slash(server.general, "history")

    assert result.ephemeral
    said = text_of(answer(result))
    assert said.index("a blue whale") < said.index("a red fox")
    assert "Z-Image Turbo · 1024×1024 · seed" in said
    assert [item.description for item in thumbnails_of(answer(result))] == [
        "a blue whale",
        "a red fox",
    ]


async def test_the_pictures_of_a_list_are_small(server: Server) -> None:
    await paint(server, "a red fox")

    result = await server.alice.slash(server.general, "history")

    [attachment] = answer(result).attachments
    assert (await picture(attachment)).size == (512, 512)
    assert attachment.size < 200_000


async def test_history_has_private_pictures_and_says_so(server: Server) -> None:
    await paint(server, "a surprise for Bob", private=True)

    mine = await server.alice.slash(server.general, "history")
    bobs = await server.bob.slash(server.general, "history")

    assert "a surprise for Bob" in text_of(answer(mine))
    assert "· private" in text_of(answer(mine))
    assert "There are no pictures yet." in text_of(answer(bobs))


async def test_the_gallery_shows_everybody_what_was_public(server: Server) -> None:
    await paint(server, "a red fox")
    await paint(server, "a surprise for Bob", private=True)

    result = await server.bob.slash(server.general, "gallery")

    assert not result.ephemeral
    said = text_of(answer(result))
    assert "a red fox" in said
    assert f"<@{server.alice.id}>" in said
    assert "surprise" not in said
    assert len(gallery_of(answer(result))) == 1


async def test_the_gallery_keeps_what_a_closed_channel_has_seen(server: Server) -> None:
    closed = server.guild.create_text_channel(
        "closed",
        overwrites={
            server.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            server.alice: discord.PermissionOverwrite(view_channel=True),
        },
    )
    await server.alice.slash(closed, "imagine", prompt="the secret plan")
    await server.finish()

    outside = await server.bob.slash(server.general, "gallery")
    inside = await server.alice.slash(closed, "gallery")

    assert "the secret plan" not in text_of(answer(outside))
    assert "the secret plan" in text_of(answer(inside))


async def test_a_picture_that_breaks_the_rules_is_on_no_shelf(server: Server) -> None:
    await paint(server, "something forbidden")

    for command in ("history", "gallery"):
        result = await server.alice.slash(server.general, command)
        assert "forbidden" not in text_of(answer(result))


async def test_a_deleted_result_is_on_no_shelf_and_found_by_no_word(server: Server) -> None:
    await paint(server, "a red fox")
    whale = await server.imagine("a blue whale")
    question = await server.press(server.alice, answer(whale), "Delete")
    await server.press(server.alice, answer(question), "Delete for good")

    for command in ("history", "gallery"):
        listed = await server.alice.slash(server.general, command)
        assert "a red fox" in text_of(answer(listed))
        assert "a blue whale" not in text_of(answer(listed))
    found = await server.alice.slash(server.general, "history", text="whale")
    assert "a blue whale" not in text_of(answer(found))
    assert thumbnails_of(answer(found)) == []


async def test_favourite_pictures_say_how_often(server: Server) -> None:
    await paint(server, "a red fox")
    whale = await server.imagine("a blue whale")
    await server.press(server.bob, answer(whale), "Favourite")

    result = await server.alice.slash(server.general, "gallery", order="favourites")

    said = text_of(answer(result))
    assert "a blue whale" in said
    assert "1 favourite" in said
    assert "a red fox" not in said


async def test_pictures_are_found_by_words_model_and_style(server: Server) -> None:
    await paint(server, "a red fox", "a blue whale")
    await paint(server, "a grey fox", style="Watercolor")

    async def found(**filters: str) -> str:
        result = await server.alice.slash(server.general, "history", **filters)
        return text_of(answer(result))

    foxes = await found(text="FOX")
    assert "a red fox" in foxes
    assert "a grey fox" in foxes
    assert "a blue whale" not in foxes
    assert "Only: text `FOX`" in foxes
    assert "a red fox" not in await found(text="fox", style="watercolor")
    assert "No picture fits." in await found(model="no-such-model")
    assert "No picture fits." in await found(text='fox" OR "whale')


@pytest.mark.settings(max_concurrent_generations=1)
async def test_leafing_onwards_and_back(server: Server) -> None:
    for letter in "abcd":
        await paint(server, f"picture {letter}", images=4)
    first = answer(await server.alice.slash(server.general, "history"))
    assert [button.disabled for button in every_button_of(first)] == [True, False]
    assert text_of(first).count("picture d") == 4
    assert text_of(first).count("picture c") == 2

    second = answer(await server.press(server.alice, first, "Next"))
    third = answer(await server.press(server.alice, second, "Next"))

    assert text_of(second).count("picture c") == 2
    assert text_of(second).count("picture b") == 4
    assert text_of(third).count("picture a") == 4
    assert [button.disabled for button in every_button_of(third)] == [False, True]
    again = answer(await server.press(server.alice, third, "Back"))
    assert text_of(again) == text_of(second)
    assert len(again.attachments) == 6


async def test_only_the_member_who_opened_a_gallery_turns_its_pages(server: Server) -> None:
    for _ in range(2):
        await paint(server, "a red fox", images=4)
    opened = answer(await server.alice.slash(server.general, "gallery"))

    pressed = await server.bob.click(opened, label="Next")

    [told] = pressed.followups
    assert told.ephemeral
    assert "Another member leafs through this list." in text_of(told.message)
    assert "Nothing was charged" not in text_of(told.message)
    unchanged = server.general.last_message
    assert unchanged is not None
    assert text_of(unchanged) == text_of(opened)


async def test_buttons_work_after_a_restart(settings: Settings) -> None:
    async with open_app(settings, shard_count=1) as app:
        env = simcord.Env(app.client, check_errors=True)
        await env.start()
        guild = env.create_guild("Venice")
        general = guild.create_text_channel("general")
        alice = guild.add_member(env.create_user("alice"))
        for _ in range(2):
            await alice.slash(general, "imagine", prompt="a red fox", images=4)
            await app.pool.idle()
            await env.settle()
        opened = answer(await alice.slash(general, "history"))

    async with open_app(settings, shard_count=1) as restarted:
        await env.restart_bot(restarted.client)
        try:
            await alice.click(opened, label="Next")
            await env.settle()
            shown = general.history(viewer=alice)[-1]
            assert text_of(shown).count("a red fox") == 2
        finally:
            await env.shutdown()


async def test_an_old_list_says_that_it_is_too_old(server: Server) -> None:
    for _ in range(2):
        await paint(server, "a red fox", images=4)
    opened = answer(await server.alice.slash(server.general, "history"))
    async with server.app.database._engines.writer.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM page_states")

    pressed = await server.alice.click(opened, label="Next")

    [told] = pressed.followups
    assert "opened too long ago" in text_of(told.message)


async def test_a_picture_that_is_no_longer_kept_is_still_listed(
    server: Server, settings: Settings
) -> None:
    await paint(server, "a red fox")
    for path in (settings.data_dir / "images").glob("??/*"):
        path.unlink()

    for command in ("history", "gallery"):
        result = await server.alice.slash(server.general, command)
        assert "a red fox" in text_of(answer(result))
        assert "The picture itself is no longer kept." in text_of(answer(result))
