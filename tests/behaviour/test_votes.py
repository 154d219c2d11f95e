"""Votes on pictures, as members give them."""

import discord
from simcord import MemberActor
from simcord.results import InteractionResult

from bot.domain.ids import GuildId
from bot.domain.voting.vote import SubjectKind, Tally
from tests.behaviour.server import Server, answer, every_button_of, gallery_of, text_of


async def vote(
    server: Server, member: MemberActor, message: discord.Message, emoji: str, *, at: int = 0
) -> InteractionResult:
    """A member presses a vote button, the first with that emoji unless said otherwise."""
    button = [each for each in every_button_of(message) if f"{each.emoji}" == emoji][at]
    result = await member.click(message, custom_id=button.custom_id)
    await server.finish()
    return result


async def counts_shown(server: Server) -> None:
    await server.app.vote_board.show_all()
    await server.finish()


def counts(message: discord.Message) -> list[str]:
    return [
        f"{button.emoji} {button.label}"
        for button in every_button_of(message)
        if f"{button.emoji}" in "👍👎"
    ]


def newcomer(server: Server, name: str) -> MemberActor:
    return server.guild.add_member(server.env.create_user(name))


async def test_a_vote_is_counted_on_the_button_and_the_picture_stays(server: Server) -> None:
    result = await server.imagine("a red fox")
    before = gallery_of(answer(result))[0].media.url

    pressed = await vote(server, server.bob, answer(result), "👍")
    await counts_shown(server)

    assert pressed.ephemeral
    assert "You voted for this picture. Press again" in text_of(answer(pressed))
    assert counts(answer(result)) == ["👍 1", "👎 0"]
    assert gallery_of(answer(result))[0].media.url == before
    assert "a red fox" in text_of(answer(result))


async def test_a_vote_is_changed_by_the_other_button_and_taken_back_by_the_same(
    server: Server,
) -> None:
    result = await server.imagine("a red fox")
    carol = newcomer(server, "carol")
    await vote(server, carol, answer(result), "👍")
    await vote(server, server.bob, answer(result), "👍")
    changed = await vote(server, server.bob, answer(result), "👎")
    await counts_shown(server)

    assert "You voted against this picture" in text_of(answer(changed))
    assert counts(answer(result)) == ["👍 1", "👎 1"]

    await server.restart()
    back = await vote(server, carol, answer(result), "👍")
    await counts_shown(server)

    assert text_of(answer(back)) == "Your vote is taken back."
    assert counts(answer(result)) == ["👍 0", "👎 1"]


async def test_nobody_votes_on_their_own_picture(server: Server) -> None:
    result = await server.imagine("a red fox")

    refused = await vote(server, server.alice, answer(result), "👍")
    await counts_shown(server)

    assert refused.ephemeral
    assert "You cannot vote on your own pictures." in text_of(answer(refused))
    assert counts(answer(result)) == ["👍 0", "👎 0"]


async def test_of_several_pictures_each_has_votes_of_its_own(server: Server) -> None:
    result = await server.imagine("a red fox", images=2)
    assert counts(answer(result)) == ["👍 #1 · 0", "👍 #2 · 0", "👎 0"]

    await vote(server, server.bob, answer(result), "👍", at=1)
    carol = newcomer(server, "carol")
    question = await vote(server, carol, answer(result), "👎")
    assert "Against which picture would you like to vote?" in text_of(answer(question))
    await vote(server, carol, answer(question), "👎", at=0)
    await counts_shown(server)

    assert counts(answer(result)) == ["👍 #1 · 0", "👍 #2 · 1", "👎 1"]


async def test_a_private_picture_has_no_votes_until_it_is_shared(server: Server) -> None:
    private = await server.imagine("a surprise for Bob", private=True)
    assert counts(answer(private)) == []

    await server.press(server.alice, answer(private), "Share")

    [shared] = server.general.history(viewer=server.bob)
    await vote(server, server.bob, shared, "👍")
    await counts_shown(server)
    seen = server.general.history(viewer=server.bob)
    assert [counts(message) for message in seen if counts(message)] == [["👍 1", "👎 0"]]


async def test_a_vote_also_counts_for_what_the_picture_came_from(server: Server) -> None:
    first = await server.imagine("a red fox")
    varied = await server.press(server.bob, answer(first), "Vary")
    await vote(server, newcomer(server, "carol"), answer(varied), "👍")
    await vote(server, server.alice, answer(varied), "👍")
    await counts_shown(server)

    assert counts(answer(varied)) == ["👍 2", "👎 0"]
    assert counts(answer(first)) == ["👍 0", "👎 0"]
    ancestor = every_button_of(answer(first))[-1].custom_id or ""
    async with server.app.database.read() as tx:
        tallies = await tx.votes.tallies_of(
            GuildId(server.guild.id), SubjectKind.IMAGE, [ancestor.rpartition(":")[2]]
        )
    # Half of Carol's; nothing of Alice's, whose picture it is.
    assert list(tallies.values()) == [Tally(up_weight=500)]
