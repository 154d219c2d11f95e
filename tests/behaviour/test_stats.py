"""What members see of `/stats`."""

import discord

from tests.behaviour.server import (
    Server,
    answer,
    buttons_of,
    every_button_of,
    gallery_of,
    picture,
    text_of,
)


async def test_a_member_sees_a_chart_of_their_own_images(server: Server) -> None:
    await server.imagine("a red fox", images=2)

    result = await server.alice.slash(server.general, "stats")

    assert result.ephemeral
    said = text_of(answer(result))
    assert "**Images over time** · yours" in said
    assert "2 images in all. The most: 2" in said
    [attachment] = answer(result).attachments
    [item] = gallery_of(answer(result))
    assert attachment.filename == "gondola-images-me-month.png"
    assert (await picture(attachment)).format == "PNG"
    assert item.description is not None
    assert item.description.startswith("Images over time, images per day · ")


async def test_buttons_show_the_other_charts_and_periods(server: Server) -> None:
    await server.imagine("a red fox")
    first = answer(await server.alice.slash(server.general, "stats"))
    assert buttons_of(first) == [
        ["Images", "Models", "Cost"],
        ["7 days", "30 days", "13 weeks", "12 months"],
    ]

    by_model = answer(await server.press(server.alice, first, "Models"))
    assert "Most of them by: Z-Image Turbo 1." in text_of(by_model)
    a_year = answer(await server.press(server.alice, by_model, "12 months"))

    assert "**Images by model** · yours" in text_of(a_year)
    [attachment] = a_year.attachments
    assert attachment.filename == "gondola-models-me-year.png"
    assert {button.label for button in every_button_of(a_year) if button.disabled} == {
        "Models",
        "12 months",
    }


async def test_what_oneself_painted_is_not_anothers(server: Server) -> None:
    await server.imagine("a red fox")

    result = await server.bob.slash(server.general, "stats")

    assert "Nothing was painted in this time." in text_of(answer(result))
    assert answer(result).attachments == []


async def test_members_see_the_servers_images_and_not_its_money(server: Server) -> None:
    await server.imagine("a red fox")
    await server.imagine("a surprise", private=True)

    result = await server.bob.slash(server.general, "stats", whose="server")

    assert "**Images over time** · this server" in text_of(answer(result))
    assert "2 images in all." in text_of(answer(result))
    assert buttons_of(answer(result))[0] == ["Images", "Models", "Members"]
    members = answer(await server.press(server.bob, answer(result), "Members"))
    assert "1 member painted." in text_of(members)


async def test_managers_see_what_the_server_paid(server: Server) -> None:
    await server.imagine("a red fox")
    managers = server.guild.create_role(
        "managers", permissions=discord.Permissions(manage_guild=True)
    )
    mona = server.guild.add_member(server.env.create_user("mona"), roles=[managers])
    first = answer(await mona.slash(server.general, "stats", whose="server", period="week"))

    cost = answer(await server.press(mona, first, "Cost"))

    assert "**Cost over time** · this server" in text_of(cost)
    assert "$0.01 in all. The most: $0.01" in text_of(cost)


async def test_a_button_goes_on_working_after_a_restart(server: Server) -> None:
    await server.imagine("a red fox")
    first = answer(await server.alice.slash(server.general, "stats"))
    await server.restart()

    by_model = answer(await server.press(server.alice, first, "Models"))

    assert "**Images by model**" in text_of(by_model)


async def test_the_quota_has_a_bar_that_says_what_it_shows(server: Server) -> None:
    await server.imagine("a red fox", images=2)

    result = answer(await server.alice.slash(server.general, "quota"))

    assert "**23 images** left of 25" in text_of(result)
    [item] = gallery_of(result)
    assert item.description == "Today, images: 2 of 25, 23 left."
    [attachment] = result.attachments
    assert (await picture(attachment)).width == 1_100


async def test_a_servers_statistics_need_a_server(server: Server) -> None:
    result = await server.alice.user.slash("stats", whose="server")

    assert "That belongs to a server that has installed the bot" in text_of(answer(result))
