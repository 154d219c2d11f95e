"""A server's own styles, as its managers keep them and its members paint in them."""

from typing import Any

import discord
import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, every_button_of, send_prompt, text_of
from tests.behaviour.test_votes import vote


@pytest.fixture
def mayor(server: Server) -> MemberActor:
    role = server.guild.create_role("mayors", permissions=discord.Permissions(manage_guild=True))
    return server.guild.add_member(server.env.create_user("marco"), roles=[role])


async def add(
    server: Server, member: MemberActor, name: str, template: str, **options: Any
) -> InteractionResult:
    return await member.slash(server.general, "style add", name=name, template=template, **options)


def painted(venice: VeniceStandIn) -> dict[str, Any]:
    """The last body that asked for a picture."""
    return dict([each.body for each in venice.requests if each.route == "/image/generate"][-1])


async def test_a_member_paints_in_a_style_of_the_server(
    server: Server, mayor: MemberActor, venice: VeniceStandIn
) -> None:
    added = await add(
        server,
        mayor,
        "Harbour",
        "{subject} by the water. {prompt}, oils",
        negative="people",
        model="flux-2-pro",
        preset="Watercolor",
    )
    assert "is a style of this server now" in text_of(answer(added))
    await server.restart()

    await server.imagine("a red fox, asleep", style="harbour")

    body = painted(venice)
    assert body["prompt"] == "a red fox by the water. a red fox, asleep, oils"
    assert body["model"] == "flux-2-pro"
    assert body["style_preset"] == "Watercolor"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"name": "Oils", "template": "in oils"}, "does not say where the prompt goes"),
        ({"name": "Oils", "template": "{prompt} {x}"}, "and no other braces"),
        ({"name": "harbour", "template": "{prompt}"}, "There is a style called `harbour` already"),
        ({"name": "watercolor", "template": "{prompt}"}, "There is a style called"),
        ({"name": "Oils", "template": "{prompt}", "model": "gone"}, "`gone`"),
        ({"name": "Oils", "template": "{prompt}", "preset": "gone"}, "`gone`"),
    ],
)
async def test_a_wrong_style_is_told_in_a_sentence(
    server: Server, mayor: MemberActor, options: dict[str, str], sentence: str
) -> None:
    await add(server, mayor, "Harbour", "{prompt}, oils")

    refused = await add(server, mayor, **options)

    assert refused.ephemeral
    assert sentence in text_of(answer(refused))


async def test_only_managers_keep_styles(server: Server, mayor: MemberActor) -> None:
    refused = await add(server, server.bob, "Harbour", "{prompt}, oils")
    assert "Only members who may manage the server" in text_of(answer(refused))

    await add(server, mayor, "Harbour", "{prompt}, oils")
    refused = await server.bob.slash(server.general, "style retire", name="Harbour")
    assert "Only members who may manage the server" in text_of(answer(refused))


async def test_a_retired_style_is_not_painted_in_until_it_is_restored(
    server: Server, mayor: MemberActor, venice: VeniceStandIn
) -> None:
    await add(server, mayor, "Harbour", "{prompt}, oils")
    await mayor.slash(server.general, "style rename", name="harbour", new_name="Lagoon")
    await mayor.slash(server.general, "style retire", name="lagoon")

    refused = await server.imagine("a red fox", style="Lagoon")
    assert "The style `Lagoon` is retired here." in text_of(answer(refused))

    await mayor.slash(server.general, "style restore", name="Lagoon")
    await server.imagine("a red fox", style="Lagoon")
    assert painted(venice)["prompt"] == "a red fox, oils"


async def test_the_best_style_by_votes_is_offered_first(server: Server, mayor: MemberActor) -> None:
    for name in ("Attic", "Harbour"):
        await add(server, mayor, name, "{prompt}, oils")
    assert (await styles_offered(server))[:2] == ["Attic", "Harbour"]

    result = await server.imagine("a red fox", style="Harbour")
    await vote(server, server.bob, answer(result), "👍")

    assert (await styles_offered(server))[:2] == ["Harbour", "Attic"]
    browsing = await server.bob.slash(server.general, "styles")
    assert text_of(answer(browsing)).index("Harbour") < text_of(answer(browsing)).index("Attic")
    assert "👍 1 · 👎 0" in text_of(answer(browsing))


async def styles_offered(server: Server) -> list[str]:
    choices = await server.alice.autocomplete(server.general, "imagine", "style", "")
    return [choice["value"] for choice in choices]


async def test_a_prompt_is_begun_from_the_list_of_styles(
    server: Server, mayor: MemberActor, venice: VeniceStandIn
) -> None:
    await add(server, mayor, "Harbour", "{prompt}, oils")
    browsing = await server.alice.slash(server.general, "styles")

    first = every_button_of(answer(browsing))[0]
    form = await server.alice.click(answer(browsing), custom_id=first.custom_id)
    await send_prompt(server, server.alice, form, "a red fox")

    assert painted(venice)["prompt"] == "a red fox, oils"


async def test_styles_are_exported_and_imported_elsewhere(
    server: Server, mayor: MemberActor
) -> None:
    await add(server, mayor, "Harbour", "{prompt}, oils", preset="Watercolor")
    exported = await mayor.slash(server.general, "style export")
    content = await answer(exported).attachments[0].read()

    await mayor.slash(server.general, "style rename", name="Harbour", new_name="Lagoon")
    for sentence in ("1 style was added.", "0 styles were added. 1 was left out"):
        imported = await mayor.slash(server.general, "style import", file=("styles.json", content))
        assert sentence in text_of(answer(imported))

    listed = await server.bob.slash(server.general, "style list")
    assert "2 styles of this server" in text_of(answer(listed))
    assert "Harbour" in text_of(answer(listed))
    assert "Lagoon" in text_of(answer(listed))
