"""What members see of flags and braces in a prompt, and of what is asked before money is spent."""

import re
from datetime import timedelta

import discord
import pytest
from simcord.results import InteractionResult

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, buttons_of, gallery_of, painting, text_of


def painted(venice: VeniceStandIn) -> list[str]:
    return [request.route for request in venice.requests if request.route == "/image/generate"]


async def told(server: Server) -> list[str]:
    """What was said to Alice in the channel, private messages included, oldest first."""
    return [text_of(message) for message in server.general.history(viewer=server.alice)]


async def confirm(server: Server, asked: InteractionResult) -> InteractionResult:
    [[label]] = buttons_of(answer(asked))
    return await server.press(server.alice, answer(asked), label)


async def test_flags_in_the_prompt_are_options(server: Server) -> None:
    result = await server.imagine("a red fox --ar 16:9 --seed 42 --images 2 --style Film Noir")

    said = text_of(answer(result))
    assert "**a red fox**" in said
    assert "1280×720 · Film Noir · seeds 42, 43" in said


async def test_a_private_flag_makes_the_result_private(server: Server) -> None:
    result = await server.imagine("a surprise --private")

    assert result.ephemeral
    assert server.general.history(viewer=server.bob) == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"prompt": "a fox --sed 4"}, "Did you mean `--seed`"),
        ({"prompt": "a fox --images 9"}, "It takes a whole number from 1 to 4"),
        ({"prompt": "a fox --seed 4", "seed": 5}, "The option `seed` says `5` and the flag"),
        ({"prompt": "a {red,blue fox"}, "A brace has no partner"),
        ({"prompt": "{a,b,c}{d,e,f}{g,h,i}{j,k}"}, "make 54 images. One request makes at most 40"),
        (
            {"prompt": "a fox", "steps": 99},
            "`steps` 99 is out of range: `z-image-turbo` takes 1 to",
        ),
        ({"prompt": "a fox", "guidance": 0.0}, "takes numbers above 0 and up to 20"),
    ],
)
async def test_what_cannot_be_understood_costs_nothing(
    server: Server, venice: VeniceStandIn, options: dict[str, object], says: str
) -> None:
    result = await server.imagine(**options)  # type: ignore[arg-type] # options by name

    assert result.ephemeral
    assert says in text_of(answer(result))
    assert painted(venice) == []


async def test_a_few_prompts_are_painted_at_once_and_it_is_said(server: Server) -> None:
    result = await server.imagine("a {red,blue} fox")

    messages = await told(server)
    assert "**a red fox**" in text_of(answer(result))
    assert len(gallery_of(answer(result))) == 1
    assert any("The braces make 2 prompts: 2 images in all, $0.02." in said for said in messages)
    [blue] = [said for said in messages if "**a blue fox**" in said]
    assert f"Asked for by <@{server.alice.id}>." in blue


async def test_many_images_wait_for_a_word(server: Server, venice: VeniceStandIn) -> None:
    asked = await server.imagine("a {red,blue,green} fox", images=2)

    said = text_of(answer(asked))
    assert asked.ephemeral
    assert "The braces make 3 prompts: 6 images in all, $0.06." in said
    assert "“a blue fox”" in said
    assert "**25 images** left of 25" in said
    assert buttons_of(answer(asked)) == [["Paint 6 images · $0.06"]]
    assert painted(venice) == []

    confirmed = await confirm(server, asked)

    assert "**a red fox**" in text_of(answer(confirmed))
    assert len(painted(venice)) == 6
    everybody = [text_of(message) for message in server.general.history(viewer=server.bob)]
    assert [colour for colour in ("red", "blue", "green") if any(colour in s for s in everybody)]
    assert len([said for said in everybody if "seeds" in said]) == 3
    question = text_of(answer(asked))
    assert "Confirmed: 6 images are being painted." in question


async def test_once_confirmed_the_question_has_no_button_to_confirm(server: Server) -> None:
    asked = await server.imagine("a {red,blue,green} fox", images=2)

    await confirm(server, asked)

    assert buttons_of(answer(asked)) == [["Cancel all"]]


async def test_what_waits_survives_a_restart(server: Server, venice: VeniceStandIn) -> None:
    asked = await server.imagine("a {red,blue,green} fox", images=2)
    message = answer(asked)
    await server.restart()

    await server.press(server.alice, message, "Paint 6 images · $0.06")

    assert len(painted(venice)) == 6


async def test_a_private_wish_keeps_all_its_pictures_private(server: Server) -> None:
    asked = await server.imagine("a {red,blue,green} fox", images=2, private=True)
    assert "the others come as direct messages" in text_of(answer(asked))

    confirmed = await confirm(server, asked)

    assert confirmed.ephemeral
    assert server.general.history(viewer=server.bob) == []


@pytest.mark.settings(daily_images_per_user=5)
async def test_more_than_is_left_is_refused_before_it_is_asked(server: Server) -> None:
    refused = await server.imagine("a {red,blue,green} fox", images=2)

    assert "5" in text_of(answer(refused))
    assert buttons_of(answer(refused)) == []


async def test_raw_prompts_are_painted_as_they_are(server: Server) -> None:
    result = await server.imagine("a {red,blue} fox --raw", style="Film Noir", enhance=True)

    said = text_of(answer(result))
    assert "a {red,blue} fox" in said
    assert "Film Noir" not in said
    assert any("left out: `style`, `enhance`" in said for said in await told(server))


async def test_a_setting_without_effect_is_said_before_money_is_spent(
    server: Server, venice: VeniceStandIn
) -> None:
    asked = await server.imagine("a fox", model="flux-2-pro", steps=20)

    assert "`steps` has no effect on `" in text_of(answer(asked))
    assert painted(venice) == []
    [[label]] = buttons_of(answer(asked))
    assert re.fullmatch(r"Paint anyway · \$0\.\d+", label)

    confirmed = await confirm(server, asked)

    assert len(gallery_of(answer(confirmed))) == 1
    assert len(painted(venice)) == 1


async def test_a_setting_that_may_be_ignored_is_said_and_painted(server: Server) -> None:
    result = await server.imagine("a fox", model="flux-2-pro", negative="text")

    assert len(gallery_of(answer(result))) == 1
    assert any("may ignore `negative`" in said for said in await told(server))


async def test_the_details_name_the_models_numbers(server: Server) -> None:
    result = await server.imagine(
        "a fox", model="venice-sd35", steps=12, guidance=7.5, lora_strength=0, format="png"
    )

    details = await server.press(server.alice, answer(result), "Details")
    said = text_of(answer(details))
    for line in ("**Steps:** 12", "**Guidance:** 7.5", "**LoRA strength:** 0", "**Format:** png"):
        assert line in said


async def test_a_rewritten_prompt_is_shown_and_kept(server: Server) -> None:
    result = await server.imagine("a fox", enhance=True)

    assert "Rewritten: “" in text_of(answer(result))
    assert "at most $0.05" in text_of(answer(result))
    await server.restart()
    details = await server.press(server.alice, answer(result), "Details")
    assert "Rewritten: “" in text_of(answer(details))
    assert "prompt rewritten" in text_of(answer(details))


@pytest.mark.settings(daily_usd_bot_limit=1.0)
async def test_web_search_without_a_known_price_is_refused_where_money_is_limited(
    server: Server, venice: VeniceStandIn
) -> None:
    model = next(model.id for model in server.app.catalogue.models() if model.web_search)

    refused = await server.imagine("a fox", model=model, web_search=True)

    assert refused.ephemeral
    assert "What `web_search` costs is not known" in text_of(answer(refused))
    assert painted(venice) == []


async def test_cancelling_what_is_done_is_too_late_and_said_so(server: Server) -> None:
    asked = await server.imagine("a {red,blue,green} fox", images=2)
    await confirm(server, asked)

    late = await server.press(server.alice, answer(asked), "Cancel all")

    assert "It is too late to cancel" in text_of(answer(late))


async def test_a_press_that_comes_too_late_is_told_so_privately(
    server: Server, venice: VeniceStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.asking.confirming.WAITS_FOR", timedelta(0))
    asked = await server.imagine("a {red,blue,green} fox", images=2)

    late = await confirm(server, asked)

    assert late.ephemeral
    assert "This request no longer waits for your word" in text_of(answer(late))
    assert painted(venice) == []


async def test_each_prompt_has_its_own_progress_and_its_own_button_to_cancel(
    server: Server, venice: VeniceStandIn
) -> None:
    with painting(venice):
        asked = await server.alice.slash(server.general, "imagine", prompt="a {red,blue} fox")
        await venice.wait_for_requests(2, route="/image/generate")
        await server.app.board.tell_all()
        await server.env.settle()

        [blue] = [
            message
            for message in server.general.history(viewer=server.bob)
            if "a blue fox" in text_of(message)
        ]
        assert "Painting: 0 of 1 there." in text_of(blue)
        assert buttons_of(blue) == [["Cancel"]]
    await server.finish()

    everybody = server.general.history(viewer=server.bob)
    assert len(gallery_of(answer(asked))) == 1
    assert [len(gallery_of(message)) for message in everybody if message.id == blue.id] == [1]
    assert len([message for message in everybody if gallery_of(message)]) == 2


@pytest.mark.settings(max_running_per_member=4)
async def test_all_of_a_wish_can_be_cancelled_at_once(
    server: Server, venice: VeniceStandIn
) -> None:
    with painting(venice):
        asked = await server.alice.slash(
            server.general, "imagine", prompt="a {red,blue,green,grey,white,black} fox"
        )
        await server.alice.click(answer(asked), label="Paint 6 images · $0.06")
        await venice.wait_for_requests(4, route="/image/generate")

        pressed = await server.alice.click(answer(asked), label="Cancel all")
    await server.finish()

    assert "6 of 6 prompts are cancelled." in text_of(answer(pressed))
    everybody = server.general.history(viewer=server.bob)
    assert len([message for message in everybody if gallery_of(message)]) == 4
    assert not [message for message in everybody if "was cancelled" in text_of(message)]
    quota = await server.alice.slash(server.general, "quota")
    assert "**21 images** left of 25" in text_of(answer(quota))


async def test_several_prompts_need_a_channel_where_the_bot_may_write(
    server: Server, venice: VeniceStandIn
) -> None:
    muted = discord.PermissionOverwrite(send_messages=False)
    quiet = server.guild.create_text_channel("quiet", overwrites={server.guild.default_role: muted})

    refused = await server.alice.slash(quiet, "imagine", prompt="a {red,blue} fox")
    assert refused.ephemeral
    assert "I may not send messages with files in this channel" in text_of(answer(refused))
    assert painted(venice) == []

    one = await server.alice.slash(quiet, "imagine", prompt="a red fox")
    await server.finish()
    assert len(gallery_of(answer(one))) == 1


async def test_in_direct_messages_several_prompts_are_painted_too(server: Server) -> None:
    result = await server.alice.user.slash("imagine", prompt="a {red,blue} fox")
    await server.finish()

    assert len(gallery_of(answer(result))) == 1
