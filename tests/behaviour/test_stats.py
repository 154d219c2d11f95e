"""What members see of `/stats usage`."""

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
from tests.behaviour.test_votes import newcomer, vote


async def test_a_member_sees_a_chart_of_their_own_images(server: Server) -> None:
    await server.imagine("a red fox", images=2)

    result = await server.alice.slash(server.general, "stats usage")

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
    first = answer(await server.alice.slash(server.general, "stats usage"))
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

    result = await server.bob.slash(server.general, "stats usage")

    assert "Nothing was painted in this time." in text_of(answer(result))
    assert answer(result).attachments == []


async def test_members_see_the_servers_images_and_not_its_money(server: Server) -> None:
    await server.imagine("a red fox")
    await server.imagine("a surprise", private=True)

    result = await server.bob.slash(server.general, "stats usage", whose="server")

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
    first = answer(await mona.slash(server.general, "stats usage", whose="server", period="week"))

    cost = answer(await server.press(mona, first, "Cost"))

    assert "**Cost over time** · this server" in text_of(cost)
    assert "$0.01 in all. The most: $0.01" in text_of(cost)


async def test_a_button_goes_on_working_after_a_restart(server: Server) -> None:
    await server.imagine("a red fox")
    first = answer(await server.alice.slash(server.general, "stats usage"))
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
    result = await server.alice.user.slash("stats usage", whose="server")

    assert "That belongs to a server that has installed the bot" in text_of(answer(result))


async def test_members_see_which_styles_do_best_for_which_prompts(server: Server) -> None:
    fox = await server.imagine("a red fox", style="Film Noir")
    voters = [server.bob, *(newcomer(server, f"voter{number}") for number in range(4))]
    for voter in voters[:4]:
        await vote(server, voter, answer(fox), "👍")

    few = await server.bob.slash(server.general, "stats styles")
    assert "Too few votes to say anything: 4 votes on 1 picture" in text_of(answer(few))
    assert answer(few).attachments == []

    await vote(server, voters[4], answer(fox), "👍")
    shown = await server.bob.slash(server.general, "stats styles")

    assert not shown.ephemeral
    said = text_of(answer(shown))
    assert "Animals: **Film Noir** · 57% · 5 votes on 1 picture" in said
    assert "Z-Image Turbo: **Film Noir** · 57%" in said
    bars, over_time = gallery_of(answer(shown))
    assert "The clearest: Film Noir for Animals, at least 57%" in (bars.description or "")
    assert (over_time.description or "").startswith("Film Noir does best: at least 57%")
    assert [(await picture(each)).width for each in answer(shown).attachments] == [1_100, 1_100]


async def test_which_styles_do_best_is_narrowed_to_a_kind_of_prompt(server: Server) -> None:
    fox = await server.imagine("a red fox", style="Film Noir")
    for voter in [server.bob, *(newcomer(server, f"voter{number}") for number in range(4))]:
        await vote(server, voter, answer(fox), "👍")

    animals = await server.bob.slash(
        server.general, "stats styles", kind="animals", model="z-image-turbo", period="year"
    )
    food = await server.bob.slash(server.general, "stats styles", kind="food")

    assert "· 12 months · Animals · Z-Image Turbo" in text_of(answer(animals))
    assert "1. **Film Noir** · 57% · 5 votes on 1 picture" in text_of(answer(animals))
    assert "Too few votes to say anything: 0 votes on 0 pictures" in text_of(answer(food))
