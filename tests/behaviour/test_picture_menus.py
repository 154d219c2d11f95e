"""The menus on a message: two clicks from any picture to a new one."""

import io

import discord
import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, buttons_of, field_of, gallery_of, text_of
from tests.behaviour.test_tools import asked, shown, upload


async def choose(
    server: Server, member: MemberActor, menu: str, message: discord.Message
) -> InteractionResult:
    """A member opens a message's menu and waits until the bot has nothing left to do."""
    result = await member.context_menu(server.general, menu, message)
    await server.finish()
    return result


async def test_somebodys_picture_is_edited(server: Server, venice: VeniceStandIn) -> None:
    sent = await server.bob.send(server.general, "look", attachments=[upload()])

    form = await choose(server, server.alice, "Edit image", sent)
    result = await server.fill_in(server.alice, form, prompt="make it night")

    assert not result.ephemeral
    assert len(gallery_of(answer(result))) == 1
    assert asked(venice, "/image/edit") == 1


async def test_of_several_pictures_one_is_chosen(server: Server, venice: VeniceStandIn) -> None:
    files = [upload(f"fox{number}.png") for number in range(6)]
    sent = await server.bob.send(server.general, "look", attachments=files)

    question = await choose(server, server.alice, "Edit image", sent)
    form = await server.press(server.alice, answer(question), "6")
    result = await server.fill_in(server.alice, form, prompt="make it night")

    assert question.ephemeral
    assert buttons_of(answer(question)) == [["1", "2", "3", "4", "5"], ["6"]]
    assert len(gallery_of(answer(question))) == 6
    assert len(gallery_of(answer(result))) == 1
    assert asked(venice, "/image/edit") == 1


async def test_a_question_from_before_a_restart_is_to_be_asked_anew(server: Server) -> None:
    sent = await server.bob.send(server.general, attachments=[upload(), upload("owl.png")])
    question = await choose(server, server.alice, "Edit image", sent)
    await server.restart()

    refused = await server.press(server.alice, answer(question), "1")

    assert refused.ephemeral
    assert "Please pick the picture again." in text_of(answer(refused))


@pytest.mark.parametrize("menu", ["Upscale image", "Cut out image"])
async def test_in_a_safe_place_foreign_pictures_are_not_worked_on_unseen(
    server: Server, menu: str
) -> None:
    sent = await server.bob.send(server.general, attachments=[upload()])

    refused = await choose(server, server.alice, menu, sent)

    assert refused.ephemeral
    assert "picture_not_known_safe" in text_of(answer(refused))


@pytest.mark.parametrize("menu", ["Edit image", "Upscale image", "Cut out image"])
async def test_a_message_without_a_picture(server: Server, menu: str) -> None:
    sent = await server.bob.send(server.general, "no picture here")

    refused = await choose(server, server.alice, menu, sent)

    assert refused.ephemeral
    assert "This message shows no picture." in text_of(answer(refused))


async def test_a_moving_picture_is_refused_before_anything_is_written(server: Server) -> None:
    sent = await server.bob.send(server.general, attachments=[upload("fox.gif")])

    refused = await choose(server, server.alice, "Edit image", sent)

    assert refused.ephemeral
    assert "`image/gif`" in text_of(answer(refused))


# On the bot's own pictures


async def test_the_bots_own_picture_is_known(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))

    result = await choose(server, server.bob, "Cut out image", painted)

    assert not result.ephemeral
    assert (await shown(answer(result))).mode == "RGBA"


async def test_an_edit_of_the_bots_own_picture_knows_its_parent(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))
    form = await choose(server, server.bob, "Edit image", painted)
    edited = answer(await server.fill_in(server.bob, form, prompt="make it night"))

    details = await server.press(server.bob, edited, "Details")

    assert f"/{painted.id})" in text_of(answer(details))


async def test_upscale_of_the_bots_own_picture_tells_prices(server: Server) -> None:
    painted = answer(await server.imagine("a red fox", aspect="1:1"))

    question = await choose(server, server.bob, "Upscale image", painted)

    assert buttons_of(answer(question)) == [["2× · 2048×2048 · $0.02", "4× · 4096×4096 · $0.08"]]


async def test_of_the_bots_own_pictures_one_is_chosen(server: Server) -> None:
    painted = answer(await server.imagine("a red fox", images=3))

    question = await choose(server, server.bob, "Cut out image", painted)
    result = await server.press(server.bob, answer(question), "3")

    assert buttons_of(answer(question)) == [["1", "2", "3"]]
    assert len(gallery_of(answer(result))) == 1


async def test_imagine_like_the_bots_own_picture_is_a_remix(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))

    form = await choose(server, server.bob, "Imagine like this", painted)
    result = await server.fill_in(server.bob, form, prompt="a blue fox")

    assert "a blue fox" in text_of(answer(result))


async def test_imagine_like_a_foreign_picture(server: Server) -> None:
    sent = await server.bob.send(server.general, attachments=[upload()])

    form = await choose(server, server.alice, "Imagine like this", sent)
    prompt = field_of(form)["custom_id"]
    result = await server.fill_in(server.alice, form, **{prompt: "a lighthouse"})

    assert "a lighthouse" in text_of(answer(result))
    assert len(gallery_of(answer(result))) == 1


async def test_menus_are_offered(server: Server) -> None:
    menus = [
        command.name
        for command in server.app.client.tree.get_commands(type=discord.AppCommandType.message)
    ]

    assert menus == ["Edit image", "Upscale image", "Cut out image", "Imagine like this"]
    assert len(menus) <= 5


@pytest.mark.settings(default_model="krea-v2-large")
async def test_imagine_like_a_foreign_picture_by_a_model_that_takes_references(
    server: Server, venice: VeniceStandIn
) -> None:
    sent = await server.bob.send(server.general, attachments=[upload()])

    form = await choose(server, server.alice, "Imagine like this", sent)
    prompt = field_of(form)["custom_id"]
    result = await server.fill_in(server.alice, form, **{prompt: "a lighthouse"})

    assert len(gallery_of(answer(result))) == 1
    assert asked(venice, "/image/generate") == 1
    assert asked(venice, "/image/edit") == 0


async def test_imagine_like_an_edit_takes_its_picture(server: Server) -> None:
    painted = answer(await server.imagine("a red fox", private=True))
    form = await server.press(server.alice, painted, "Edit")
    edited = await server.fill_in(server.alice, form, prompt="make it night")

    like = await choose(server, server.alice, "Imagine like this", answer(edited))
    prompt = field_of(like)["custom_id"]
    result = await server.fill_in(server.alice, like, **{prompt: "a lighthouse"})

    assert result.ephemeral
    assert len(gallery_of(answer(result))) == 1


# Messages that show pictures in other ways


def channel_of(server: Server) -> discord.TextChannel:
    """The channel as the bot sees it."""
    channel = server.app.client.get_channel(server.general.id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_a_picture_in_an_embed_from_elsewhere_is_not_fetched(
    server: Server, venice: VeniceStandIn
) -> None:
    embed = discord.Embed().set_image(url="https://example.com/fox.png")
    sent = await channel_of(server).send(embed=embed)

    refused = await choose(server, server.alice, "Edit image", sent)

    assert refused.ephemeral
    assert "This picture is not on Discord" in text_of(answer(refused))
    assert asked(venice, "/image/edit") == 0


async def test_a_picture_that_is_attached_and_embedded_is_one(server: Server) -> None:
    name, data = upload()
    embed = discord.Embed().set_image(url=f"attachment://{name}")
    sent = await channel_of(server).send(
        embed=embed, file=discord.File(io.BytesIO(data), filename=name)
    )

    form = await choose(server, server.alice, "Edit image", sent)

    assert form.modal is not None


async def test_a_picture_in_a_gallery_is_found(server: Server) -> None:
    name, data = upload()
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{name}")))
    sent = await channel_of(server).send(
        view=view, file=discord.File(io.BytesIO(data), filename=name)
    )

    form = await choose(server, server.alice, "Edit image", sent)
    result = await server.fill_in(server.alice, form, prompt="make it night")

    assert len(gallery_of(answer(result))) == 1


async def test_a_forwarded_picture_is_found(server: Server) -> None:
    sent = await server.bob.send(server.general, "look", attachments=[upload()])
    forwarded = await server.bob.forward(sent, server.general)

    form = await choose(server, server.alice, "Edit image", forwarded)

    assert form.modal is not None
