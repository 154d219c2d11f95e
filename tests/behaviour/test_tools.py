"""Image tools by command and by button, as members use them."""

import io
from typing import Any

import discord
import pytest
from PIL import Image
from simcord.results import InteractionResult

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import (
    Server,
    answer,
    buttons_of,
    every_button_of,
    gallery_of,
    picture,
    text_of,
)

Upload = tuple[str, bytes]


def upload(name: str = "fox.png", *, size: tuple[int, int] = (512, 384), **options: Any) -> Upload:
    """A file that a member has at hand."""
    kind = name.rpartition(".")[2].upper().replace("JPG", "JPEG")
    buffer = io.BytesIO()
    Image.new("RGB", size, "orange").save(buffer, kind, **options)
    return name, buffer.getvalue()


def asked(venice: VeniceStandIn, route: str) -> int:
    return sum(request.route == route for request in venice.requests)


async def use(server: Server, command: str, **options: Any) -> InteractionResult:
    """Alice uses a command and waits until the bot has nothing left to do."""
    result = await server.alice.slash(server.general, command, **options)
    await server.finish()
    return result


def field_named(name: str, form: InteractionResult) -> dict[str, Any]:
    """A field of a form."""
    assert form.modal is not None
    fields: list[dict[str, Any]] = [label["component"] for label in form.modal["components"]]
    return next(field for field in fields if field["custom_id"] == name)


async def shown(message: discord.Message) -> Image.Image:
    """The one picture that a result shows."""
    [attachment] = message.attachments
    return await picture(attachment)


# By command


async def test_edit_changes_an_uploaded_picture(server: Server, venice: VeniceStandIn) -> None:
    result = await use(server, "edit", image=upload(), prompt="make it night")

    message = answer(result)
    assert not result.ephemeral
    assert len(gallery_of(message)) == 1
    assert "make it night" in text_of(message)
    assert asked(venice, "/image/edit") == 1


async def test_an_edit_has_the_buttons_that_make_sense(server: Server) -> None:
    result = await use(server, "edit", image=upload(), prompt="make it night")

    assert buttons_of(answer(result)) == [
        ["Reroll", "Edit", "Upscale", "Cut out"],
        ["Favourite", "Details", "Report", "Delete"],
        ["0", "0"],
    ]


async def test_a_private_edit_is_seen_by_its_member_alone(server: Server) -> None:
    result = await use(server, "edit", image=upload(), prompt="make it night", private=True)

    assert result.ephemeral
    assert server.general.history(viewer=server.bob) == []


async def test_where_a_photograph_was_taken_is_not_sent(
    server: Server, venice: VeniceStandIn
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera with a name"
    exif.get_ifd(0x8825)[1] = "N"

    await use(server, "edit", image=upload("fox.jpg", exif=exif), prompt="make it night")

    [kept] = [
        path
        for path in server.settings.data_dir.glob("images/??/*")
        if path.read_bytes().startswith(b"\xff\xd8")
    ]
    assert b"A camera with a name" not in kept.read_bytes()
    assert asked(venice, "/image/edit") == 1


@pytest.mark.parametrize("pictures", [2, 6])
async def test_blend_makes_one_picture_of_several(
    server: Server, venice: VeniceStandIn, pictures: int
) -> None:
    images = {f"image{number}": upload() for number in range(1, pictures + 1)}

    result = await use(server, "blend", prompt="one scene", **images)

    assert len(gallery_of(answer(result))) == 1
    assert asked(venice, "/image/multi-edit") == 1


@pytest.mark.parametrize("number", [1, 7])
async def test_blend_takes_two_pictures_to_six(server: Server, number: int) -> None:
    images = {f"image{each}": upload() for each in range(1, number + 1)}

    with pytest.raises(Exception, match="image"):
        await use(server, "blend", prompt="one scene", **images)


async def test_models_are_offered_with_what_an_edit_costs(server: Server) -> None:
    choices = await server.alice.autocomplete(server.general, "edit", "model", "flux")

    assert all("$" in choice["name"] for choice in choices)
    assert {"flux-2-max-edit"} <= {choice["value"] for choice in choices}


@pytest.mark.parametrize("command", ["upscale", "cutout"])
async def test_in_a_safe_place_a_foreign_picture_is_not_worked_on_unseen(
    server: Server, venice: VeniceStandIn, command: str
) -> None:
    refused = await use(server, command, image=upload())

    assert refused.ephemeral
    assert "picture_not_known_safe" in text_of(answer(refused))
    assert "Nothing was charged." in text_of(answer(refused))
    assert venice.requests == [] or asked(venice, f"/image/{command}") == 0


# What is refused


async def test_a_file_of_another_type_is_refused_by_its_name(
    server: Server, venice: VeniceStandIn
) -> None:
    refused = await use(server, "edit", image=upload("fox.gif"), prompt="make it night")

    assert refused.ephemeral
    assert "This file is `image/gif`." in text_of(answer(refused))
    assert asked(venice, "/image/edit") == 0


async def test_a_file_that_lies_about_its_type_is_refused(
    server: Server, venice: VeniceStandIn
) -> None:
    _, data = upload("fox.gif")

    refused = await use(server, "edit", image=("fox.png", data), prompt="make it night")

    assert "This file is `image/gif`." in text_of(answer(refused))
    assert asked(venice, "/image/edit") == 0


async def test_a_picture_too_small_is_refused(server: Server, venice: VeniceStandIn) -> None:
    refused = await use(server, "edit", image=upload(size=(64, 64)), prompt="make it night")

    assert "64×64" in text_of(answer(refused))
    assert "Nothing was charged." in text_of(answer(refused))
    assert asked(venice, "/image/edit") == 0


async def test_a_file_too_large_is_refused(server: Server, venice: VeniceStandIn) -> None:
    name, data = upload()

    refused = await use(
        server, "edit", image=(name, data + bytes(25 * 1024 * 1024)), prompt="make it night"
    )

    assert refused.ephemeral
    assert "MB" in text_of(answer(refused))
    assert asked(venice, "/image/edit") == 0


@pytest.mark.settings(discord_cdn_hosts=["cdn.discordapp.com"])
async def test_a_picture_that_is_not_on_discord_is_not_fetched(
    server: Server, venice: VeniceStandIn
) -> None:
    refused = await use(server, "edit", image=upload(), prompt="make it night")

    assert refused.ephemeral
    assert "This picture is not on Discord" in text_of(answer(refused))
    assert asked(venice, "/image/edit") == 0


async def test_an_unknown_model_is_refused_privately(server: Server) -> None:
    refused = await use(server, "edit", image=upload(), prompt="night", model="flux-2-max-edti")

    assert refused.ephemeral
    assert "`flux-2-max-edit`" in text_of(answer(refused))


# By button


async def test_upscale_tells_prices_before_anything_is_spent(
    server: Server, venice: VeniceStandIn
) -> None:
    painted = answer(await server.imagine("a red fox", aspect="1:1"))

    question = await server.press(server.bob, painted, "Upscale")

    assert question.ephemeral
    assert buttons_of(answer(question)) == [["2× · 2048×2048 · $0.02", "4× · 4096×4096 · $0.08"]]
    assert asked(venice, "/image/upscale") == 0


async def test_an_upscaled_picture_is_larger(server: Server) -> None:
    painted = answer(await server.imagine("a red fox", aspect="1:1"))
    question = await server.press(server.bob, painted, "Upscale")

    result = await server.press(server.bob, answer(question), "2× · 2048×2048 · $0.02")

    message = answer(result)
    assert not result.ephemeral
    assert (await shown(message)).size == (2048, 2048)
    assert "$0.02" in text_of(message)
    assert buttons_of(message) == [
        ["Edit", "Cut out"],
        ["Favourite", "Details", "Report", "Delete"],
        ["0", "0"],
    ]


async def test_upscale_asks_which_of_several_pictures(server: Server) -> None:
    painted = answer(await server.imagine("a red fox", images=2, aspect="1:1"))

    which = await server.press(server.bob, painted, "Upscale")
    question = await server.press(server.bob, answer(which), "2")

    assert buttons_of(answer(which)) == [["1", "2"]]
    assert buttons_of(answer(question))[0][0].startswith("2× · ")


async def test_a_cut_out_is_transparent(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))

    result = await server.press(server.bob, painted, "Cut out")

    message = answer(result)
    cut_out = await shown(message)
    assert cut_out.format == "PNG"
    assert cut_out.mode == "RGBA"
    assert buttons_of(message) == [
        ["Edit", "Upscale"],
        ["Favourite", "Details", "Report", "Delete"],
        ["0", "0"],
    ]


async def test_edit_asks_what_should_change(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))

    form = await server.press(server.bob, painted, "Edit")
    result = await server.fill_in(server.bob, form, prompt="make it night")

    assert "make it night" in text_of(answer(result))
    assert len(gallery_of(answer(result))) == 1


async def test_the_models_of_an_edit_are_offered_with_prices(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))

    form = await server.press(server.bob, painted, "Edit")

    models = field_named("model", form)
    assert models["placeholder"] == "The usual one: FireRed Edit · $0.04 an image"
    assert all("$" in option["label"] for option in models["options"])


async def test_an_edit_by_another_model(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))
    form = await server.press(server.bob, painted, "Edit")

    result = await server.fill_in(
        server.bob, form, prompt="make it night", model=["flux-2-max-edit"]
    )

    assert "Flux 2 Max" in text_of(answer(result))


async def test_an_edit_of_several_begins_with_which(server: Server) -> None:
    painted = answer(await server.imagine("a red fox", images=2))

    which = await server.press(server.bob, painted, "Edit")
    form = await server.press(server.bob, answer(which), "2")
    result = await server.fill_in(server.bob, form, prompt="make it night")

    assert len(gallery_of(answer(result))) == 1


async def test_vary_subtly_edits_the_picture(server: Server, venice: VeniceStandIn) -> None:
    painted = answer(await server.imagine("a red fox"))

    result = await server.press(server.bob, painted, "Vary subtly")

    assert len(gallery_of(answer(result))) == 1
    assert asked(venice, "/image/edit") == 1
    assert asked(venice, "/image/generate") == 1


async def test_a_double_click_is_one_cut_out(server: Server, venice: VeniceStandIn) -> None:
    painted = answer(await server.imagine("a red fox"))

    for _ in range(3):
        await server.press(server.bob, painted, "Cut out")

    assert asked(venice, "/image/background-remove") == 1


@pytest.mark.parametrize("label", ["Cut out", "Vary subtly"])
async def test_what_is_made_of_a_private_picture_is_private(server: Server, label: str) -> None:
    painted = answer(await server.imagine("a surprise for Bob", private=True))

    result = await server.press(server.alice, painted, label)

    assert result.ephemeral
    assert len(gallery_of(answer(result))) == 1
    assert server.general.history(viewer=server.bob) == []


async def test_an_upscale_of_a_private_picture_is_private(server: Server) -> None:
    painted = answer(await server.imagine("a surprise for Bob", private=True, aspect="1:1"))
    question = await server.press(server.alice, painted, "Upscale")

    result = await server.press(server.alice, answer(question), "2× · 2048×2048 · $0.02")

    assert result.ephemeral
    assert server.general.history(viewer=server.bob) == []


async def test_whoever_presses_pays_for_a_tool(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))
    await server.press(server.bob, painted, "Cut out")

    for member in (server.alice, server.bob):
        quota = await member.slash(server.general, "quota")
        assert "24 images" in text_of(answer(quota))


async def test_an_edit_can_be_rerolled(server: Server, venice: VeniceStandIn) -> None:
    edited = answer(await use(server, "edit", image=upload(), prompt="make it night"))

    again = await server.press(server.bob, edited, "Reroll")

    assert len(gallery_of(answer(again))) == 1
    assert asked(venice, "/image/edit") == 2


async def test_details_show_the_chain(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))
    cut_out = answer(await server.press(server.bob, painted, "Cut out"))
    form = await server.press(server.bob, cut_out, "Edit")
    edited = answer(await server.fill_in(server.bob, form, prompt="on a beach"))

    details = answer(await server.press(server.alice, edited, "Details"))

    said = text_of(details)
    assert "on a beach" in said
    assert f"/{cut_out.id})" in said
    assert f"/{painted.id})" in said


def clear_store(server: Server) -> None:
    """What the limits of the picture store do in time."""
    for path in server.settings.images_folder.glob("??/*"):
        path.unlink()


@pytest.mark.parametrize("label", ["Cut out", "Vary subtly"])
async def test_a_picture_that_is_no_longer_kept_is_taken_from_its_message(
    server: Server, label: str
) -> None:
    painted = answer(await server.imagine("a red fox"))
    clear_store(server)

    result = await server.press(server.bob, painted, label)

    assert len(gallery_of(answer(result))) == 1


async def test_an_old_picture_can_be_upscaled(server: Server) -> None:
    painted = answer(await server.imagine("a red fox", aspect="1:1"))
    clear_store(server)

    question = await server.press(server.bob, painted, "Upscale")
    result = await server.press(server.bob, answer(question), "2× · 2048×2048 · $0.02")

    assert (await shown(answer(result))).size == (2048, 2048)


@pytest.mark.settings(discord_cdn_hosts=["cdn.discordapp.com"])
async def test_a_picture_that_nobody_has_cannot_be_worked_on(server: Server) -> None:
    painted = answer(await server.imagine("a red fox"))
    clear_store(server)

    refused = await server.press(server.bob, painted, "Cut out")

    assert "no longer keeps this picture" in text_of(answer(refused))


async def test_tools_work_after_a_restart(server: Server) -> None:
    painted = answer(await server.imagine("a red fox", aspect="1:1"))
    question = answer(await server.press(server.bob, painted, "Upscale"))
    await server.restart()

    upscaled = await server.press(server.bob, question, "2× · 2048×2048 · $0.02")
    cut_out = await server.press(server.bob, painted, "Cut out")
    varied = await server.press(server.bob, painted, "Vary subtly")
    form = await server.press(server.bob, painted, "Edit")
    edited = await server.fill_in(server.bob, form, prompt="make it night")

    for result in (upscaled, cut_out, varied, edited):
        assert len(gallery_of(answer(result))) == 1


async def test_every_result_stays_within_what_discord_shows(server: Server) -> None:
    painted = answer(await server.imagine("a red fox", images=4))

    assert all(len(row) <= 5 for row in buttons_of(painted))
    assert len(every_button_of(painted)) == 16


@pytest.mark.settings(daily_images_per_user=1)
async def test_a_tool_beyond_the_quota_says_so(server: Server, venice: VeniceStandIn) -> None:
    painted = answer(await server.imagine("a red fox"))

    refused = await server.press(server.alice, painted, "Cut out")

    assert "You have made your 1 image for today." in text_of(answer(refused))
    assert asked(venice, "/image/background-remove") == 0
