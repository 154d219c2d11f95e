"""What a member sees of `/imagine`."""

import re

import pytest

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, gallery_of, picture, text_of


async def test_a_prompt_becomes_a_picture_in_the_channel(server: Server) -> None:
    result = await server.imagine("a red fox at dawn")

    message = answer(result)
    assert not result.ephemeral
    assert "a red fox at dawn" in text_of(message)
    assert len(gallery_of(message)) == 1
    [attachment] = message.attachments
    assert (await picture(attachment)).size == (1024, 1024)


async def test_the_caption_names_model_size_seed_cost_and_time(server: Server) -> None:
    result = await server.imagine("a red fox", seed=42)

    caption = text_of(answer(result))
    assert re.search(r"Z-Image Turbo · 1024×1024 · seed 42 · \$0\.01 · \d", caption)


async def test_four_images_have_consecutive_seeds_and_their_own_pictures(server: Server) -> None:
    result = await server.imagine("a red fox", images=4, seed=42)

    message = answer(result)
    assert "seeds 42, 43, 44, 45" in text_of(message)
    contents = {await attachment.read() for attachment in message.attachments}
    assert len(contents) == 4


async def test_every_picture_has_its_prompt_as_alt_text(server: Server) -> None:
    result = await server.imagine("a red fox at dawn")

    assert [item.description for item in gallery_of(answer(result))] == ["a red fox at dawn"]


async def test_the_api_is_told_to_use_safe_mode(server: Server, venice: VeniceStandIn) -> None:
    await server.imagine("a red fox")

    painted = [request for request in venice.requests if request.route == "/image/generate"]
    assert [request.safe_mode for request in painted] == [True]


async def test_a_private_result_is_seen_by_the_member_alone(server: Server) -> None:
    result = await server.imagine("a surprise for Bob", private=True)

    assert result.ephemeral
    assert len(gallery_of(answer(result))) == 1
    assert server.general.history(viewer=server.bob) == []


async def test_a_ratio_the_model_cannot_make_exactly_is_said_aloud(server: Server) -> None:
    result = await server.imagine("a banner", aspect="1.91:1")

    assert "cannot paint 1.91:1 exactly" in text_of(answer(result))


async def test_mentions_in_a_prompt_ping_nobody(server: Server) -> None:
    result = await server.imagine("@everyone look at **this**")

    message = answer(result)
    assert not message.mention_everyone
    assert r"\*\*this\*\*" in text_of(message)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"prompt": "   "}, "The prompt is empty."),
        (
            {"prompt": "x" * 3_999, "model": "venice-sd35"},
            "this model takes 1500. Please shorten it.",
        ),
        ({"prompt": "a fox", "model": "z-image-turbi"}, "Did you mean `z-image-turbo`"),
        ({"prompt": "a fox", "style": "Watercolur"}, "Did you mean `Watercolor`"),
        ({"prompt": "a fox", "seed": 1_000_000_000}, "Seeds go from -999999999 to 999999999"),
        ({"prompt": "a fox", "size": "2K"}, "This model has no tiers such as `2K`."),
        ({"prompt": "a fox", "aspect": "wide"}, "`wide` is no aspect ratio."),
    ],
)
async def test_bad_input_gets_one_clear_private_sentence_and_costs_nothing(
    server: Server, venice: VeniceStandIn, options: dict[str, object], says: str
) -> None:
    result = await server.imagine(**options)  # type: ignore[arg-type] # options by name

    assert result.ephemeral
    said = text_of(answer(result))
    assert says in said
    assert "Nothing was charged." in said
    assert [request for request in venice.requests if request.route == "/image/generate"] == []


async def test_a_picture_that_breaks_the_rules_is_not_shown_and_not_charged(
    server: Server,
) -> None:
    result = await server.imagine("something forbidden")

    message = answer(result)
    assert gallery_of(message) == []
    assert "breaks its content rules" in text_of(message)
    assert "Not charged." in text_of(message)
    quota = await server.alice.slash(server.general, "quota")
    assert "25 images" in text_of(answer(quota))


async def test_a_blurred_picture_is_labelled(server: Server) -> None:
    result = await server.imagine("something lewd")

    assert "Blurred by safe mode." in text_of(answer(result))


async def test_the_model_list_follows_what_is_typed_with_prices(server: Server) -> None:
    found = await server.alice.autocomplete(server.general, "imagine", "model", "turbo")

    assert found[0]["value"] == "z-image-turbo"
    assert found[0]["name"] == "Z-Image Turbo · $0.01 an image"


async def test_aspects_and_sizes_are_those_of_the_model_chosen(server: Server) -> None:
    aspects = await server.alice.autocomplete(
        server.general, "imagine", "aspect", "", model="z-image-turbo"
    )
    sizes = await server.alice.autocomplete(
        server.general, "imagine", "size", "", model="z-image-turbo"
    )

    assert "16:9" in [choice["value"] for choice in aspects]
    assert "1280×720" in [choice["value"] for choice in sizes]


@pytest.mark.settings(daily_images_per_user=2)
async def test_a_member_is_told_what_is_left_and_when_it_resets(server: Server) -> None:
    await server.imagine("a red fox", images=2)

    refused = await server.imagine("another fox")

    assert "You have made your 2 images for today." in text_of(answer(refused))
    quota = await server.alice.slash(server.general, "quota")
    assert quota.ephemeral
    assert re.search(
        r"Today: \*\*0 images\*\* left of 2, 2 used. Resets <t:\d+:t>", text_of(answer(quota))
    )


@pytest.mark.settings(allowed_guilds=frozenset({12345}))
async def test_a_server_that_is_not_admitted_is_told_by_which_rule(server: Server) -> None:
    result = await server.imagine("a red fox")

    assert result.ephemeral
    assert "Rule: `server_not_allowed`." in text_of(answer(result))


@pytest.mark.settings(daily_usd_bot_limit=0.01)
async def test_the_bots_budget_is_kept_and_said(server: Server) -> None:
    await server.imagine("a red fox")

    refused = await server.imagine("another fox")

    assert "the bot's budget has $0.00 left" in text_of(answer(refused))


@pytest.mark.settings(venice_api_key="wrong-key")
async def test_a_wrong_key_is_not_the_members_fault(server: Server) -> None:
    result = await server.imagine("a red fox")

    said = text_of(answer(result))
    assert "This is not your fault; the bot's operator has been told." in said
    assert "Not charged." in said


async def test_steps_are_offered_in_the_range_of_the_model(server: Server) -> None:
    found = await server.alice.autocomplete(
        server.general, "imagine", "steps", "5", model="z-image-turbo"
    )
    ignored = await server.alice.autocomplete(
        server.general, "imagine", "steps", "5", model="flux-2-pro"
    )

    assert found[0]["value"] == 5
    assert "this model takes 1 to" in found[0]["name"]
    assert ignored == []


async def test_choices_follow_a_model_named_by_a_flag(server: Server) -> None:
    found = await server.alice.autocomplete(
        server.general, "imagine", "size", "2", prompt="a fox --model nano-banana-pro"
    )

    assert [choice["value"] for choice in found] == ["2K"]
    assert "$" in found[0]["name"]
