"""The buttons under a result, as members press them."""

import re

import pytest
from simcord.results import InteractionResult

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, buttons_of, gallery_of, text_of

ONE_OF_MANY = ("Vary", "Vary subtly", "Edit", "Upscale", "Cut out", "Favourite", "Report")


def painted(venice: VeniceStandIn) -> int:
    return sum(request.route == "/image/generate" for request in venice.requests)


def field(form: InteractionResult, name: str) -> str | None:
    """What a field of a form holds when it opens."""
    assert form.modal is not None
    fields: list[dict[str, str]] = [label["component"] for label in form.modal["components"]]
    return next(each.get("value") for each in fields if each["custom_id"] == name)


# What there is to press


async def test_flags_and_braces_count_in_the_remix_form(server: Server) -> None:
    result = await server.imagine("a red fox", aspect="1:1")
    form = await server.press(server.alice, answer(result), "Remix")

    remixed = await server.fill_in(server.alice, form, prompt="a {grey,white} wolf --ar 16:9")

    assert "a grey wolf" in text_of(answer(remixed))
    assert "1280×720" in text_of(answer(remixed))
    everything = [text_of(message) for message in server.general.history(viewer=server.bob)]
    assert len([said for said in everything if "a white wolf" in said]) == 1


async def test_a_public_result_has_rows_of_buttons_and_one_of_votes(server: Server) -> None:
    result = await server.imagine("a red fox")

    assert buttons_of(answer(result)) == [
        ["Reroll", "Remix", "Vary", "Vary subtly"],
        ["Edit", "Upscale", "Cut out"],
        ["Favourite", "Details", "Report", "Delete"],
        ["0", "0"],
    ]


async def test_a_private_result_can_be_shared_and_needs_no_report(server: Server) -> None:
    result = await server.imagine("a surprise for Bob", private=True)

    assert buttons_of(answer(result)) == [
        ["Reroll", "Remix", "Vary", "Vary subtly"],
        ["Edit", "Upscale", "Cut out"],
        ["Favourite", "Share", "Details", "Delete"],
    ]


async def test_a_result_without_pictures_can_be_tried_again(server: Server) -> None:
    result = await server.imagine("something forbidden")

    assert buttons_of(answer(result)) == [["Why?"], ["Reroll", "Remix", "Details", "Delete"]]


async def test_a_button_that_nobody_serves_says_so(server: Server) -> None:
    first = await server.imagine("a red fox")
    await server.app.client.unload_extension("cogs.results")

    result = await server.press(server.bob, answer(first), "Reroll")

    assert result.ephemeral
    assert "This button is from another version of the bot" in text_of(answer(result))


# Asking again


async def test_reroll_paints_the_same_request_with_new_seeds(server: Server) -> None:
    first = await server.imagine("a red fox", images=2, seed=42, aspect="16:9")

    again = await server.press(server.bob, answer(first), "Reroll")

    message = answer(again)
    assert not again.ephemeral
    assert len(gallery_of(message)) == 2
    assert "a red fox" in text_of(message)
    assert "1280×720" in text_of(message)
    assert "seeds 42" not in text_of(message)


async def test_whoever_presses_pays(server: Server) -> None:
    first = await server.imagine("a red fox")
    await server.press(server.bob, answer(first), "Reroll")

    for member in (server.alice, server.bob):
        quota = await member.slash(server.general, "quota")
        assert "24 images" in text_of(answer(quota))


async def test_a_double_click_is_one_request(server: Server, venice: VeniceStandIn) -> None:
    first = await server.imagine("a red fox")

    results = [await server.press(server.bob, answer(first), "Reroll") for _ in range(5)]

    assert all(result.acknowledged for result in results)
    assert painted(venice) == 2
    assert len(server.general.history()) == 2


async def test_two_members_at_once_are_two_requests(server: Server, venice: VeniceStandIn) -> None:
    first = await server.imagine("a red fox")

    await server.press(server.alice, answer(first), "Reroll")
    await server.press(server.bob, answer(first), "Reroll")

    assert painted(venice) == 3


@pytest.mark.settings(daily_images_per_user=1)
async def test_a_reroll_beyond_the_quota_says_so(server: Server, venice: VeniceStandIn) -> None:
    first = await server.imagine("a red fox")

    refused = await server.press(server.alice, answer(first), "Reroll")

    assert "You have made your 1 image for today." in text_of(answer(refused))
    assert painted(venice) == 1


async def test_what_comes_of_a_private_result_is_private(server: Server) -> None:
    first = await server.imagine("a surprise for Bob", private=True)

    again = await server.press(server.alice, answer(first), "Reroll")
    varied = await server.press(server.alice, answer(again), "Vary")
    form = await server.press(server.alice, answer(first), "Remix")
    remixed = await server.fill_in(server.alice, form, prompt="another surprise")

    for result in (again, varied, remixed):
        assert result.ephemeral
        assert len(gallery_of(answer(result))) == 1
    assert server.general.history(viewer=server.bob) == []


async def test_vary_asks_which_picture_and_paints_one(server: Server) -> None:
    first = await server.imagine("a red fox", images=3)

    question = await server.press(server.bob, answer(first), "Vary")
    varied = await server.press(server.bob, answer(question), "3")

    assert question.ephemeral
    assert buttons_of(answer(question)) == [["1", "2", "3"]]
    assert not varied.ephemeral
    assert len(gallery_of(answer(varied))) == 1


@pytest.mark.parametrize("label", ONE_OF_MANY)
async def test_with_one_picture_nobody_is_asked_which(server: Server, label: str) -> None:
    first = await server.imagine("a red fox")

    result = await server.press(server.bob, answer(first), label)

    assert result.modal or "Which picture" not in text_of(answer(result))


@pytest.mark.parametrize("label", ONE_OF_MANY)
async def test_with_several_pictures_the_member_says_which(server: Server, label: str) -> None:
    first = await server.imagine("a red fox", images=2)

    result = await server.press(server.bob, answer(first), label)

    assert result.ephemeral
    assert "Which picture" in text_of(answer(result))


# Remix


async def test_remix_opens_with_what_was_asked_for(server: Server) -> None:
    first = await server.imagine(
        "a red fox", aspect="16:9", negative="text", style="Watercolor", seed=42
    )

    form = await server.press(server.bob, answer(first), "Remix")

    assert field(form, "prompt") == "a red fox"
    assert field(form, "model") == "z-image-turbo"
    assert field(form, "shape") == "16:9"
    assert field(form, "negative") == "text"
    assert field(form, "style") == "Watercolor"


async def test_a_remix_is_a_new_request(server: Server) -> None:
    first = await server.imagine("a red fox", images=2)
    form = await server.press(server.bob, answer(first), "Remix")

    remixed = await server.fill_in(
        server.bob, form, prompt="a blue fox", model="z-image-turbo", shape="4:3"
    )

    message = answer(remixed)
    assert not remixed.ephemeral
    assert "a blue fox" in text_of(message)
    assert "1152×864" in text_of(message)
    assert len(gallery_of(message)) == 2


async def test_a_remix_that_breaks_a_rule_is_refused_privately(
    server: Server, venice: VeniceStandIn
) -> None:
    first = await server.imagine("a red fox")
    form = await server.press(server.bob, answer(first), "Remix")

    refused = await server.fill_in(server.bob, form, prompt="a blue fox", model="z-image-turbi")

    assert refused.ephemeral
    assert "Did you mean `z-image-turbo`" in text_of(answer(refused))
    assert "Nothing was charged." in text_of(answer(refused))
    assert painted(venice) == 1


# Details


async def test_details_tell_the_whole_record_to_one_member(server: Server) -> None:
    prompt = "a red fox " * 100
    first = await server.imagine(prompt, negative="text", style="Watercolor", seed=42, images=2)

    details = await server.press(server.bob, answer(first), "Details")

    said = text_of(answer(details))
    assert details.ephemeral
    assert prompt.strip() in said
    assert "**Negative prompt**\ntext" in said
    assert "Z-Image Turbo (`z-image-turbo`)" in said
    assert "**Style:** Watercolor" in said
    assert re.search(r"\*\*1\.\*\* seed 42 · \$0\.01 · waited .* · painted in ", said)
    assert "**2.** seed 43" in said
    assert "nothing found by the safety check" in said
    assert re.search(r"\*\*Job:\*\* `\w{16}`", said)
    assert "Came from" not in said


async def test_a_prompt_too_long_for_a_message_is_attached_whole(server: Server) -> None:
    prompt = "fox_" * 372
    first = await server.imagine(prompt, negative="*" * 1_490)

    details = await server.press(server.bob, answer(first), "Details")

    message = answer(details)
    [attachment] = message.attachments
    assert attachment.filename == "prompt.txt"
    assert (await attachment.read()).decode() == f"{prompt}\n\n{'*' * 1_490}"
    assert len(text_of(message)) <= 4_000


async def test_a_lineage_links_to_where_the_parents_are(server: Server) -> None:
    first = await server.imagine("a red fox", seed=42)
    second = await server.press(server.bob, answer(first), "Reroll")

    details = await server.press(server.alice, answer(second), "Details")

    link = f"https://discord.com/channels/{server.guild.id}/{server.general.id}"
    assert f"[seed 42]({link}/{answer(first).id})" in text_of(answer(details))


async def test_a_picture_the_safety_check_blurred_says_so(server: Server) -> None:
    first = await server.imagine("something lewd")

    details = await server.press(server.alice, answer(first), "Details")

    assert "blurred by safe mode" in text_of(answer(details))


async def test_the_details_of_a_failure_say_why(server: Server) -> None:
    first = await server.imagine("something forbidden")

    details = await server.press(server.alice, answer(first), "Details")

    assert "breaks its content rules" in text_of(answer(details))


# Favourite


async def test_a_favourite_is_marked_and_taken_back(server: Server) -> None:
    first = await server.imagine("a red fox", images=2)
    question = await server.press(server.bob, answer(first), "Favourite")

    marked = await server.press(server.bob, answer(question), "2")
    other = await server.press(server.bob, answer(first), "Favourite")
    taken_back = await server.press(server.bob, answer(other), "2")

    assert marked.ephemeral
    assert "is one of your favourites now" in text_of(answer(marked))
    assert "is no longer one of your favourites" in text_of(answer(taken_back))


# Report


async def test_a_report_is_thanked_for_once(server: Server) -> None:
    first = await server.imagine("a red fox")
    form = await server.press(server.bob, answer(first), "Report")

    thanks = await server.fill_in(server.bob, form, reason="it shows me")
    again = await server.press(server.bob, answer(first), "Report")

    assert thanks.ephemeral
    assert "Thank you." in text_of(answer(thanks))
    assert again.ephemeral
    assert "You have reported this picture already." in text_of(answer(again))
    assert "charged" not in text_of(answer(again))


async def test_a_blank_report_is_told_what_it_lacks(server: Server) -> None:
    first = await server.imagine("a red fox")
    form = await server.press(server.bob, answer(first), "Report")

    refused = await server.fill_in(server.bob, form, reason="   ")

    assert refused.ephemeral
    assert "The report has no reason." in text_of(answer(refused))
