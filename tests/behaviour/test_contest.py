"""A contest from its opening to its prize, as members live through it."""

from datetime import timedelta

import discord
import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from bot.domain.contests.contest import Phase
from bot.domain.ids import GuildId
from bot.domain.moderation.audit import Act
from tests.behaviour.server import (
    Server,
    answer,
    every_button_of,
    gallery_of,
    text_of,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def manager(server: Server) -> MemberActor:
    role = server.guild.create_role(
        "managers",
        permissions=discord.Permissions(
            manage_guild=True, manage_messages=True, moderate_members=True
        ),
    )
    return server.guild.add_member(server.env.create_user("mira"), roles=[role])


async def contest(
    server: Server, member: MemberActor, command: str, **options: str | int
) -> InteractionResult:
    result = await member.slash(server.general, f"contest {command}", **options)
    await server.finish()
    return result


async def opened(server: Server, manager: MemberActor, **options: str | int) -> None:
    options = {"theme": "foxes at night", "submit_hours": 2, "vote_hours": 1, **options}
    told = await contest(server, manager, "open", **options)
    assert "The contest is open in" in text_of(answer(told))


async def painted(
    server: Server, member: MemberActor, prompt: str = "a red fox", **options: object
) -> discord.Message:
    result = await member.slash(server.general, "imagine", prompt=prompt, **options)
    await server.finish()
    return answer(result)


def newcomer(server: Server, name: str) -> MemberActor:
    return server.guild.add_member(server.env.create_user(name))


def message_of(server: Server, text: str) -> discord.Message:
    [found] = [each for each in server.general.history() if text in text_of(each)]
    return found


def labels_of(message: discord.Message) -> set[str]:
    return {f"{each.label}" for each in every_button_of(message)}


def button(message: discord.Message, label: str) -> str:
    return next(f"{each.custom_id}" for each in every_button_of(message) if each.label == label)


async def press(server: Server, member: MemberActor, message: discord.Message, label: str) -> str:
    """What the member is told; the press comes later than a double click would."""
    await server.wait(timedelta(seconds=5))
    result = await member.click(message, custom_id=button(message, label))
    await server.finish()
    return text_of(answer(result))


async def gallery(server: Server, member: MemberActor) -> InteractionResult:
    stands = message_of(server, "Vote for as many as you like")
    return await server.press(member, stands, "Look and vote")


async def vote_for(
    server: Server, member: MemberActor, seen: InteractionResult, number: int
) -> InteractionResult:
    """A member presses a number, longer after the last time than a double click takes."""
    await server.wait(timedelta(seconds=5))
    pressed = await member.click(answer(seen), custom_id=button(answer(seen), f"#{number}"))
    await server.finish()
    return pressed


async def numbers(server: Server) -> dict[int, int]:
    """The number of each member's entry, as the lot has it."""
    async with server.app.database.read() as tx:
        found = await tx.contests.latest_in(GuildId(server.guild.id))
        assert found is not None
        entries = await tx.contests.entries(found.id)
    return {entry.user_id: entry.number or 0 for entry in entries}


async def test_a_whole_contest_with_restarts_in_the_midst_of_it(
    server: Server, manager: MemberActor
) -> None:
    await opened(server, manager, words="fox", prize_images="10", prize_days=7)
    invitation = text_of(message_of(server, "press Submit"))
    assert "“foxes at night”" in invitation
    assert "10 extra images for 7 days" in invitation
    makers = [server.alice, server.bob, *(newcomer(server, f"maker{n}") for n in range(2))]
    for maker in makers:
        taken = await press(server, maker, await painted(server, maker), "Submit")
        assert "Your picture is in the contest" in taken

    # It was down for longer than both phases last: members have their full time to vote.
    await server.restart()
    await server.wait(4 * HOUR)
    stands = message_of(server, "Vote for as many as you like")
    assert "4 entries are in" in text_of(stands)
    assert "@" not in text_of(stands)
    lot = await numbers(server)
    assert sorted(lot.values()) == [1, 2, 3, 4]

    first, second = lot[server.alice.id], lot[server.bob.id]
    voters = [newcomer(server, f"voter{n}") for n in range(8)]
    for voter in voters[:5]:
        seen = await gallery(server, voter)
        assert "<@" not in text_of(answer(seen))
        assert len(gallery_of(answer(seen))) == 4
        await vote_for(server, voter, seen, first)
        assert "you voted for 1" in text_of(answer(seen))
    await server.restart()
    for voter in voters[5:]:
        await vote_for(server, voter, await gallery(server, voter), second)
    own = await gallery(server, server.alice)
    assert f"#{first} is your own" in text_of(answer(own))
    await vote_for(server, server.alice, own, second)

    await server.wait(HOUR)
    await server.restart()
    await server.wait(HOUR)
    results = message_of(server, "This is the winner")
    assert f"1. <@{server.alice.id}> – votes: 5" in text_of(results)
    assert f"2. <@{server.bob.id}> – votes: 4" in text_of(results)
    assert len(gallery_of(results)) == 1

    guild_id = GuildId(server.guild.id)
    [grant] = server.app.services.limits.grants_of(guild_id)
    assert (grant.target_id, grant.images, grant.reason) == (server.alice.id, 10, "foxes at night")
    async with server.app.database.read() as tx:
        acts = await tx.audit.latest(guild_id, act=Act.GRANT_GIVEN, limit=5)
    assert len(acts) == 1
    shown = await contest(server, server.bob, "show")
    assert "This is the winner" in text_of(answer(shown))


async def test_a_picture_that_breaks_a_rule_is_refused_with_the_rule(
    server: Server, manager: MemberActor
) -> None:
    before = await painted(server, server.alice, "an old fox")
    assert "Submit" not in labels_of(before)
    await opened(server, manager, words="Fox, night")
    assert "Submit" not in labels_of(await painted(server, server.alice, "a fox"))
    fits = await painted(server, server.alice, "a FOX at night")
    old_button = button(fits, "Submit")

    assert "Only the member who asked" in await press(server, server.bob, fits, "Submit")
    assert "You have 0 entries left" in await press(server, server.alice, fits, "Submit")
    assert "in the contest already" in await press(server, server.alice, fits, "Submit")
    another = await painted(server, server.alice, "night of the fox")
    assert "takes 1 picture of each member" in await press(server, server.alice, another, "Submit")

    gone = text_of(answer(await contest(server, server.alice, "withdraw")))
    assert "out of the contest; 0 of yours" in gone
    assert "no such entry" in text_of(answer(await contest(server, server.alice, "withdraw")))
    assert "is in the contest" in await press(server, server.alice, another, "Submit")

    options = {"member": server.alice, "reason": "spam", "for": "1h"}
    await manager.slash(server.general, "moderation block", **options)
    assert "Rule: `blocked`" in await press(server, server.alice, fits, "Submit")
    await manager.slash(server.general, "moderation unblock", member=server.alice)

    await contest(server, manager, "cancel")
    await server.wait(timedelta(seconds=5))
    refused = await server.alice.click(fits, custom_id=old_button)
    assert "There is no contest here now" in text_of(answer(refused))


async def test_an_older_private_picture_does_not_become_new_by_sharing_it(
    server: Server, manager: MemberActor
) -> None:
    private = await painted(server, server.alice, "a fox", private=True)
    await opened(server, manager)
    await server.press(server.alice, private, "Share")

    [shared] = [each for each in server.general.history() if gallery_of(each)]
    assert "Submit" not in labels_of(shared)


async def test_of_several_pictures_the_member_says_which(
    server: Server, manager: MemberActor
) -> None:
    await opened(server, manager, entries=2)
    several = await painted(server, server.alice, "a fox", images=2)

    question = await server.press(server.alice, several, "Submit")
    assert "Which picture would you like to enter" in text_of(answer(question))
    assert "You have 1 entry left" in await press(server, server.alice, answer(question), "2")
    assert "You have 0 entries left" in await press(server, server.alice, answer(question), "1")

    unclear = await contest(server, server.alice, "withdraw")
    assert "several entries" in text_of(answer(unclear))
    own = await server.alice.autocomplete(server.general, "contest withdraw", "entry", "fox")
    assert len(own) == 2


async def test_too_few_entries_end_it_with_a_sentence(server: Server, manager: MemberActor) -> None:
    await opened(server, manager)
    await press(server, server.alice, await painted(server, server.alice), "Submit")

    await server.wait(2 * HOUR)

    ended = message_of(server, "The contest is over without a vote")
    assert "fewer than 2 pictures" in text_of(ended)
    assert every_button_of(ended) == []
    assert server.app.services.limits.grants_of(GuildId(server.guild.id)) == ()


async def test_a_deleted_entry_is_dropped_and_ties_share_the_prize(
    server: Server, manager: MemberActor
) -> None:
    await opened(server, manager, prize_dollars="2.50")
    carol, dora = newcomer(server, "carol"), newcomer(server, "dora")
    pictures = {}
    for maker in (server.alice, server.bob, carol):
        pictures[maker.id] = await painted(server, maker)
        await press(server, maker, pictures[maker.id], "Submit")
    closed = await contest(server, manager, "close")
    assert "now it is voted on" in text_of(answer(closed))

    lot = await numbers(server)
    seen = await gallery(server, dora)
    for number in (1, 2, 3):
        await vote_for(server, dora, seen, number)
    question = await server.press(carol, pictures[carol.id], "Delete")
    await server.press(carol, answer(question), "Delete for good")
    late = await vote_for(server, dora, seen, lot[carol.id])
    assert "no such entry" in text_of(late.followups[-1].message)
    over = await contest(server, manager, "close")
    assert "the results are out" in text_of(answer(over))

    results = text_of(message_of(server, "2 pictures have tied"))
    assert f"1. <@{server.alice.id}> – votes: 1" in results
    assert f"1. <@{server.bob.id}> – votes: 1" in results
    assert f"<@{carol.id}>" not in results
    assert "Each winner gets: $2.50 extra for 30 days" in results
    grants = server.app.services.limits.grants_of(GuildId(server.guild.id))
    assert {grant.target_id for grant in grants} == {server.alice.id, server.bob.id}


async def test_votes_are_changed_and_nobody_votes_for_themselves_or_too_late(
    server: Server, manager: MemberActor
) -> None:
    await opened(server, manager)
    for maker in (server.alice, server.bob):
        await press(server, maker, await painted(server, maker), "Submit")
    await server.wait(2 * HOUR)
    dora = newcomer(server, "dora")
    seen = await gallery(server, dora)

    await vote_for(server, dora, seen, 1)
    assert "you voted for 1" in text_of(answer(seen))
    await vote_for(server, dora, seen, 1)
    assert "you voted for 0" in text_of(answer(seen))

    server.clock.move(2 * HOUR)
    late = await dora.click(answer(seen), custom_id=button(answer(seen), "#1"))
    assert "it has not started, or is over" in text_of(late.followups[-1].message)
    await server.wait(HOUR)
    assert "Nobody's vote counted" in text_of(message_of(server, "The contest is over"))
    async with server.app.database.read() as tx:
        found = await tx.contests.latest_in(GuildId(server.guild.id))
    assert found is not None
    assert found.phase is Phase.CLOSED


async def test_only_managers_organise_and_a_server_has_one_contest(
    server: Server, manager: MemberActor
) -> None:
    for command in ("open", "close", "cancel"):
        options = {"theme": "foxes"} if command == "open" else {}
        refused = await contest(server, server.alice, command, **options)
        assert "may manage the server" in text_of(answer(refused))
    assert "no contest here" in text_of(answer(await contest(server, server.alice, "show")))
    await opened(server, manager)

    second = await contest(server, manager, "open", theme="cats")
    assert "has a contest already" in text_of(answer(second))
    wrong = await contest(server, manager, "open", theme="cats", words="a b c d e f")
    assert "at most 5 words" in text_of(answer(wrong))
    shown = await contest(server, server.alice, "show")
    assert "1 entry each" in text_of(answer(shown))
