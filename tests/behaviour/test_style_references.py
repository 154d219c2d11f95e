"""The pictures that guide what is painted in a style of the server."""

import discord
import pytest
from simcord import MemberActor

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, buttons_of, text_of
from tests.behaviour.test_style_reference import references_sent
from tests.behaviour.test_styles import add
from tests.behaviour.test_tools import upload

TAKES_REFERENCES = "krea-v2-large"


@pytest.fixture
def mayor(server: Server) -> MemberActor:
    role = server.guild.create_role(
        "mayors", permissions=discord.Permissions(manage_guild=True, moderate_members=True)
    )
    return server.guild.add_member(server.env.create_user("marco"), roles=[role])


async def bring(server: Server, member: MemberActor, name: str = "fox.png") -> str:
    result = await member.slash(
        server.general, "style reference add", name="Harbour", image=upload(name)
    )
    return text_of(answer(result))


def kept(server: Server) -> int:
    """How many pictures are on disk."""
    return len(list((server.settings.data_dir / "images").glob("??/*")))


async def test_a_style_is_painted_by_its_pictures_until_they_are_taken_away(
    server: Server, mayor: MemberActor, venice: VeniceStandIn
) -> None:
    await add(server, mayor, "Harbour", "{prompt}, oils", model=TAKES_REFERENCES)
    assert "another member's" in await bring(server, server.bob)
    assert "1 reference picture guides" in await bring(server, mayor)
    assert "has this picture already" in await bring(server, mayor)
    assert kept(server) == 1
    await server.restart()

    await server.imagine("a lighthouse", style="Harbour")
    assert references_sent(venice) == [1]
    await server.imagine("a lighthouse", style="Harbour", reference=upload(size=(640, 480)))
    assert references_sent(venice) == [1, 2]

    listed = await server.bob.slash(server.general, "style list")
    assert "1 reference picture" in text_of(answer(listed))
    before = kept(server)
    removed = await mayor.slash(server.general, "style reference remove", name="harbour")
    assert "has no reference pictures now" in text_of(answer(removed))
    assert kept(server) == before - 1
    await server.imagine("a lighthouse", style="Harbour")
    assert references_sent(venice) == [1, 2, 0]

    log = text_of(answer(await mayor.slash(server.general, "moderation log")))
    assert "added a picture that guides a style: `Harbour` · `now 1`" in log
    assert "removed a picture that guides a style: `Harbour` · `now 0`" in log


async def test_a_model_that_takes_none_is_told_before_it_paints_without_them(
    server: Server, mayor: MemberActor, venice: VeniceStandIn
) -> None:
    await add(server, mayor, "Harbour", "{prompt}, oils")
    assert "does not take any" in await bring(server, mayor)

    asked = await server.imagine("a lighthouse", style="Harbour")
    assert asked.ephemeral
    assert "The style `Harbour` has reference pictures, which `" in text_of(answer(asked))
    assert references_sent(venice) == []

    [[label]] = buttons_of(answer(asked))
    await server.press(server.alice, answer(asked), label)
    assert references_sent(venice) == [0]

    await add(server, mayor, "Attic", "{prompt}, chalk")
    battle = await server.alice.slash(server.general, "style battle", prompt="a lighthouse")
    assert text_of(answer(battle)).count("has reference pictures, which `") == 1


async def test_an_exported_style_leaves_its_pictures_behind_and_says_so(
    server: Server, mayor: MemberActor
) -> None:
    await add(server, mayor, "Harbour", "{prompt}, oils", model=TAKES_REFERENCES)
    await bring(server, mayor)

    exported = answer(await mayor.slash(server.general, "style export"))
    assert "1 reference picture is not in the file" in exported.content
    content = await exported.attachments[0].read()
    await mayor.slash(server.general, "style rename", name="Harbour", new_name="Lagoon")
    imported = await mayor.slash(server.general, "style import", file=("styles.json", content))

    assert "1 of them had reference pictures" in text_of(answer(imported))
