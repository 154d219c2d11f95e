"""A round of styles, from its opening to the end of its winners' weeks."""

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.rounds.style_round import StyleProposal
from bot.domain.styles.server_style import StyleDraft
from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import (
    Server,
    answer,
    buttons_of,
    gallery_of,
    text_of,
    thumbnails_of,
)
from tests.behaviour.test_styles import painted, styles_offered

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def mayor(server: Server) -> MemberActor:
    granted = discord.Permissions(manage_guild=True, moderate_members=True, send_messages=True)
    role = server.guild.create_role("mayors", permissions=granted)
    return server.guild.add_member(server.env.create_user("marco"), roles=[role])


async def run(
    server: Server, member: MemberActor, command: str, **options: Any
) -> InteractionResult:
    result = await member.slash(server.general, f"style round {command}", **options)
    await server.finish()
    return result


async def open_round(server: Server, mayor: MemberActor, **options: Any) -> InteractionResult:
    given = {"theme": "winter nights", "proposal_days": 4, "vote_days": 3, "weeks": 2, **options}
    return await run(server, mayor, "open", **given)


async def example_of(server: Server, member: MemberActor, prompt: str) -> str:
    """A member paints a picture, and picks it from what is offered as an example."""
    await member.slash(server.general, "imagine", prompt=prompt)
    await server.finish()
    choices = await member.autocomplete(server.general, "style round propose", "example", prompt)
    return str(choices[0]["value"])


async def propose(
    server: Server, member: MemberActor, name: str, **options: Any
) -> InteractionResult:
    example = await example_of(server, member, f"{name} by the sea")
    given = {"template": f"{{prompt}}, {name}", "example": example, **options}
    return await run(server, member, "propose", name=name, **given)


async def ballot(server: Server, member: MemberActor) -> discord.Message:
    return answer(await run(server, member, "vote"))


def ballot_now(server: Server, member: MemberActor) -> discord.Message:
    """The ballot that a member opened last, as it is now."""
    seen = server.general.history(viewer=member)
    return next(each for each in seen if "Each choice is kept at once." in text_of(each))


def menus_of(message: discord.Message) -> list[discord.SelectMenu]:
    return [
        child
        for component in _walk(message.components)
        if isinstance(component, discord.ActionRow)
        for child in component.children
        if isinstance(child, discord.SelectMenu)
    ]


def _walk(components: Any) -> Any:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))


async def approve(server: Server, member: MemberActor, *numbers: int) -> discord.Message:
    """A member opens their ballot and votes for these styles and no others."""
    opened = await ballot(server, member)
    [menu] = menus_of(opened)
    await member.select(opened, [f"{n}" for n in numbers], custom_id=menu.custom_id)
    await server.finish()
    return ballot_now(server, member)


def posted(server: Server, words: str) -> list[discord.Message]:
    """What all see in the channel that has these words."""
    return [
        message
        for message in server.general.history(viewer=server.bob)
        if words in text_of(message)
    ]


def result_of(server: Server) -> discord.Message:
    """The only result in the channel."""
    [result] = posted(server, "🏆 **winter nights**")
    return result


def crowd(server: Server, count: int) -> list[MemberActor]:
    return [
        server.guild.add_member(server.env.create_user(f"voter{number}")) for number in range(count)
    ]


async def test_a_whole_round_by_approval_with_a_restart_in_each_phase(
    server: Server, mayor: MemberActor, venice: VeniceStandIn
) -> None:
    opened = await open_round(server, mayor, default=True)
    assert not opened.ephemeral
    assert "winter nights" in text_of(answer(opened))
    assert "becomes this channel's default style" in text_of(answer(opened))

    assert "is proposed" in text_of(answer(await propose(server, server.alice, "Frost")))
    await server.restart()
    await propose(server, server.bob, "Ember")

    await server.wait(3 * DAY + MINUTE)
    [reminder] = posted(server, "Styles can be proposed until")
    assert "2 styles are proposed." in text_of(reminder)
    await server.wait(DAY)
    [begun] = posted(server, "The vote has begun")
    assert buttons_of(begun) == [["Vote"]]
    assert len(gallery_of(begun)) == 2
    assert text_of(begun).index("Frost") < text_of(begun).index("Ember")

    voters = crowd(server, 12)
    for voter in voters[:8]:
        await approve(server, voter, 2)
    await server.restart()
    for voter in voters[8:]:
        await approve(server, voter, 1, 2)
    await approve(server, voters[0], 1)
    shown = await run(server, server.alice, "show")
    assert "12 members have voted." in text_of(answer(shown))

    await server.wait(3 * DAY)
    result = result_of(server)
    assert "1. **Ember**" in text_of(result)
    assert "11 votes" in text_of(result)
    assert "12 members have voted." in text_of(result)
    assert len(gallery_of(result)) == 2
    assert "`Ember` is this channel's default style now." in text_of(result)
    assert (await styles_offered(server))[0] == "Ember"
    assert len(posted(server, "The vote has begun")) == 1

    await server.restart()
    await server.imagine("a red fox")
    assert painted(venice)["prompt"] == "a red fox, Ember"

    await server.wait(14 * DAY)
    assert "Ember" not in await styles_offered(server)
    await server.imagine("a red fox")
    assert painted(venice)["prompt"] == "a red fox"


async def pick(server: Server, member: MemberActor, number: int) -> discord.Message:
    """A member chooses the next style of a ranked ballot."""
    now = ballot_now(server, member)
    [menu] = menus_of(now)
    await member.select(now, [f"{number}"], custom_id=menu.custom_id)
    await server.finish()
    return ballot_now(server, member)


async def seed(server: Server, *names: str, author: int, **draft: Any) -> None:
    """Styles are proposed in the channel's round, all with one example."""
    picture = await example_of(server, server.alice, "a red fox")
    async with server.app.database.write() as tx:
        found = await tx.rounds.latest_in(ChannelId(server.general.id))
        assert found is not None
        there = await tx.rounds.proposals(found.id)
        for number, name in enumerate(names, start=len(there) + 1):
            await tx.rounds.put_proposal(
                StyleProposal(
                    round_id=found.id,
                    number=number,
                    author_id=UserId(author),
                    draft=StyleDraft(name=name, template=f"{{prompt}}, {name}", **draft),
                    proposed_at=server.clock.now(),
                    image_id=ImageId(picture),
                )
            )


async def test_a_ranked_vote_is_filled_in_step_by_step_and_survives_a_restart(
    server: Server, mayor: MemberActor
) -> None:
    await open_round(server, mayor, way="ranked", winners=2)
    await seed(server, "Frost", "Ember", "Mist", author=mayor.id)
    await server.wait(4 * DAY)
    await server.press(server.bob, posted(server, "The vote has begun")[0], "Vote")

    assert menus_of(ballot_now(server, server.bob))[0].placeholder == (
        "Your 1st choice, of styles 1 to 3"
    )
    await pick(server, server.bob, 3)
    await server.restart()
    chosen = await pick(server, server.bob, 2)
    assert "1. **Mist**\n2. **Ember**" in text_of(chosen)
    await server.press(server.bob, chosen, "Undo last")
    chosen = await pick(server, server.bob, 1)
    assert "1. **Mist**\n2. **Frost**" in text_of(chosen)

    await ballot(server, server.alice)
    await pick(server, server.alice, 1)
    undone = ballot_now(server, server.alice)
    await server.press(server.alice, undone, "Take back my ballot")
    assert "You have not voted yet." in text_of(ballot_now(server, server.alice))

    await server.wait(3 * DAY)
    result = result_of(server)
    assert "1. **Mist**" in text_of(result)
    assert "2. **Frost**" in text_of(result)
    assert "1 member has voted." in text_of(result)


async def test_a_round_closes_although_the_bot_was_down_at_its_time(
    server: Server, mayor: MemberActor
) -> None:
    await open_round(server, mayor)
    await seed(server, "Frost", "Ember", author=mayor.id)
    await server.wait(4 * DAY)
    await approve(server, server.bob, 1)
    opened = ballot_now(server, server.bob)
    server.clock.move(5 * DAY)

    late = await server.bob.select(opened, ["2"], custom_id=menus_of(opened)[0].custom_id)
    [told] = late.followups
    assert "The vote of this round is over" in text_of(told.message)
    await server.restart()
    await server.wait(MINUTE)

    assert "1. **Frost**" in text_of(result_of(server))
    await server.wait(DAY)
    assert "1. **Frost**" in text_of(result_of(server))
    again = await open_round(server, mayor)
    assert "Propose a style with" in text_of(answer(again))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"template": "in oils"}, "does not say where the prompt goes"),
        ({"template": "{prompt} {x}"}, "and no other braces"),
        ({"name": "watercolor"}, "There is a style called"),
        ({"name": "ember"}, "A style called `ember` is proposed in this round already"),
        ({"model": "gone"}, "`gone`"),
        ({"example": "no-such-picture"}, "That is no picture of yours"),
        ({"template": "{prompt}, with a grommet"}, "blocked"),
        ({"name": "grommet"}, "blocked"),
    ],
)
async def test_a_wrong_proposal_is_told_in_a_sentence(
    server: Server, mayor: MemberActor, given: dict[str, str], sentence: str
) -> None:
    await mayor.slash(server.general, "moderation terms add", term="grommet")
    await open_round(server, mayor)
    await seed(server, "Ember", author=mayor.id)

    options = {"name": "Frost", "template": "{prompt}, frost", "example": "x", **given}
    refused = await run(server, server.bob, "propose", **options)

    assert refused.ephemeral
    assert sentence in text_of(answer(refused))


async def test_what_does_not_fit_the_phase_is_told_in_a_sentence(
    server: Server, mayor: MemberActor
) -> None:
    none = await run(server, server.bob, "vote")
    assert "There is no round in this channel." in text_of(answer(none))
    only = await open_round(server, server.bob)
    assert "Only members who may manage the server" in text_of(answer(only))
    await open_round(server, mayor)
    twice = await open_round(server, mayor)
    assert "This channel has a round already" in text_of(answer(twice))
    early = await run(server, server.bob, "vote")
    assert "The vote has not begun" in text_of(answer(early))

    await seed(server, *[f"Style {number}" for number in range(60)], author=mayor.id)
    options = {"name": "Frost", "template": "{prompt}, frost", "example": "x"}
    full = await run(server, server.bob, "propose", **options)
    assert "60 proposals, which is as many as a round takes" in text_of(answer(full))

    closed = await run(server, mayor, "close")
    assert "The vote begins in a moment." in text_of(answer(closed))
    await server.wait(MINUTE)
    late = await run(server, server.bob, "propose", **options)
    assert "takes no more proposals: members vote until" in text_of(answer(late))
    opened = await ballot(server, server.bob)
    assert [len(menu.options) for menu in menus_of(opened)] == [25, 25, 10]
    own = await run(server, mayor, "vote")
    assert "all styles of this round are your own" in text_of(answer(own))

    await run(server, mayor, "cancel")
    assert len(posted(server, "was cancelled. It has no result.")) == 1
    gone = await run(server, server.bob, "vote")
    assert "There is no round in this channel." in text_of(answer(gone))


async def test_a_member_takes_a_proposal_back_and_a_manager_anybodys(
    server: Server, mayor: MemberActor
) -> None:
    await open_round(server, mayor)
    await seed(server, "Frost", "Ember", author=server.bob.id)
    options = {"name": "Mist", "template": "{prompt}", "example": "x"}
    third = await run(server, server.bob, "propose", **options)
    assert "as many as one member may have" in text_of(answer(third))

    not_theirs = await run(server, server.alice, "withdraw", name="Frost")
    assert "You have proposed no style called `Frost`" in text_of(answer(not_theirs))
    await run(server, server.bob, "withdraw", name="frost")
    await run(server, mayor, "withdraw", name="Ember")
    shown = await run(server, server.alice, "show")
    assert "Nobody has proposed a style yet." in text_of(answer(shown))
    logged = await mayor.slash(server.general, "moderation log")
    assert "removed a proposal" in text_of(answer(logged))

    await server.wait(4 * DAY)
    assert len(posted(server, "Nobody proposed a style, so there is no vote")) == 1


async def test_the_bot_paints_an_example_once_its_cost_is_known(
    server: Server, mayor: MemberActor, venice: VeniceStandIn
) -> None:
    await open_round(server, mayor)
    await mayor.slash(server.general, "defaults set", scope="channel", style="Watercolor")
    asked = await run(server, server.bob, "propose", name="Frost", template="{prompt}, frost")
    assert "needs an example picture" in text_of(answer(asked))
    [[label]] = buttons_of(answer(asked))
    assert label.startswith("Paint the example · $")

    await server.press(server.bob, answer(asked), label)
    assert painted(venice)["prompt"] == "winter nights, frost"
    assert "style_preset" not in painted(venice)
    shown = await run(server, server.alice, "show")
    assert "1 style is proposed." in text_of(answer(shown))
    assert len(thumbnails_of(answer(shown))) == 1

    server.clock.move(MINUTE)
    again = await server.press(server.bob, answer(asked), label)
    assert "Nothing more is painted." in text_of(answer(again))
    await run(server, server.alice, "propose", name="Mist", template="{prompt}, mist")
    await server.wait(4 * DAY)
    assert len(posted(server, "Only one style was proposed")) == 1


async def test_a_deleted_example_leaves_a_sentence_and_all_votes(
    server: Server, mayor: MemberActor
) -> None:
    await open_round(server, mayor)
    await seed(server, "Frost", "Ember", author=mayor.id)
    await server.wait(4 * DAY)
    await approve(server, server.bob, 2)
    async with server.app.database.write() as tx:
        picture = (
            await tx.examples.of_member(
                UserId(server.alice.id), GuildId(server.guild.id), safe_only=True, limit=1
            )
        )[0].image_id
        job = await tx.jobs.by_image(picture)
        assert job is not None
        await tx.jobs.save_wiped(job.wiped(server.clock.now()))

    shown = await run(server, server.alice, "show")
    assert text_of(answer(shown)).count("Its example cannot be shown here") == 2
    await server.wait(3 * DAY)
    result = result_of(server)
    assert "1. **Ember**" in text_of(result)
    assert "Its example cannot be shown here" in text_of(result)
    assert len(gallery_of(result)) == 1


async def test_a_winner_gets_a_free_name_and_one_without_its_model_is_no_default(
    server: Server, mayor: MemberActor
) -> None:
    await open_round(server, mayor, default=True, winners=2)
    await seed(server, "Frost", author=mayor.id, model="retired-model")
    await seed(server, "Ember", author=mayor.id)
    await mayor.slash(server.general, "style add", name="ember", template="{prompt}, red")
    await run(server, mayor, "close")
    await server.wait(MINUTE)
    await approve(server, server.bob, 1, 2)
    await approve(server, server.alice, 1)
    await run(server, mayor, "close")
    await server.wait(MINUTE)

    result = result_of(server)
    assert "1. **Frost**" in text_of(result)
    assert "Its model is not to be had now" in text_of(result)
    assert "it is called `Ember 2`" in text_of(result)
    assert "default style now" not in text_of(result)
    assert {"Ember 2", "ember"} <= set(await styles_offered(server))
