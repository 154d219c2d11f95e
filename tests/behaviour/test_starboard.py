"""The starboard: shown once, kept in step, gone with its picture, never where it must not be."""

from datetime import timedelta

import discord
import pytest
from simcord import ChannelHandle, MemberActor
from simcord.results import InteractionResult

from bot.domain.ids import ImageId
from bot.domain.starboard import EDIT_EVERY, PostState, StarPost
from bot.services.starboard.starboards import SWEEP_EVERY
from tests.behaviour.server import Server, answer, every_button_of, gallery_of, text_of
from tests.behaviour.test_votes import newcomer, vote


@pytest.fixture
def manager(server: Server) -> MemberActor:
    role = server.guild.create_role(
        "managers",
        permissions=discord.Permissions(
            manage_guild=True, manage_messages=True, manage_channels=True
        ),
    )
    return server.guild.add_member(server.env.create_user("mira"), roles=[role])


@pytest.fixture
def hall(server: Server) -> ChannelHandle:
    return server.guild.create_text_channel("hall-of-fame")


async def set_up(
    server: Server, manager: MemberActor, hall: ChannelHandle | None, **options: int
) -> InteractionResult:
    if hall is None:
        result = await manager.slash(server.general, "server starboard", **options)
    else:
        result = await manager.slash(server.general, "server starboard", channel=hall, **options)
    await server.finish()
    return result


async def settled(server: Server, ahead: timedelta = timedelta(0)) -> None:
    await server.wait(ahead)


async def standing(server: Server, message: discord.Message) -> StarPost | None:
    button = next(each for each in every_button_of(message) if f"{each.emoji}" == "👍")
    async with server.app.database.read() as tx:
        return await tx.starboard.find(image_of(button))


def image_of(button: discord.Button) -> ImageId:
    return ImageId(f"{button.custom_id}".rpartition(":")[2])


async def starred(server: Server, prompt: str = "a red fox") -> discord.Message:
    """Alice's picture, with one vote and a starboard that asks for no more."""
    result = answer(await server.imagine(prompt))
    await vote(server, server.bob, result, "👍")
    await settled(server)
    return result


def on_board(server: Server, hall: ChannelHandle) -> list[discord.Message]:
    return hall.history(viewer=server.bob)


async def test_a_picture_is_shown_once_when_it_has_the_votes(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    told = await set_up(server, manager, hall, threshold=2)
    assert "2 votes or more" in text_of(answer(told))
    result = answer(await server.imagine("a red fox"))

    await vote(server, server.bob, result, "👍")
    await settled(server)
    assert on_board(server, hall) == []

    await vote(server, newcomer(server, "carol"), result, "👍")
    await settled(server)
    await settled(server, timedelta(minutes=1))

    [shown] = on_board(server, hall)
    assert "2 votes for a picture by" in text_of(shown)
    assert "a red fox" in text_of(shown)
    assert f"<@{server.alice.id}>" in text_of(shown)
    assert len(gallery_of(shown)) == 1
    [link] = every_button_of(shown)
    assert link.url == result.jump_url


async def test_the_count_is_kept_in_step_and_the_picture_stays_below_the_threshold(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    await set_up(server, manager, hall, threshold=1)
    result = await starred(server)
    before = gallery_of(on_board(server, hall)[0])[0].media.url

    await vote(server, newcomer(server, "carol"), result, "👍")
    await settled(server)
    assert "1 vote for" in text_of(on_board(server, hall)[0])

    await server.restart()
    await settled(server, EDIT_EVERY)
    [shown] = on_board(server, hall)
    assert "2 votes for" in text_of(shown)
    assert gallery_of(shown)[0].media.url == before

    carol = server.guild.add_member(server.env.create_user("dora"))
    await vote(server, carol, result, "👎")
    await vote(server, server.bob, result, "👎")
    await settled(server, EDIT_EVERY)
    [shown] = on_board(server, hall)
    assert "1 vote for" in text_of(shown)


async def test_a_deleted_picture_leaves_the_starboard(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    await set_up(server, manager, hall, threshold=1)
    result = await starred(server)

    question = await server.press(server.alice, result, "Delete")
    await server.press(server.alice, answer(question), "Delete for good")
    await settled(server)

    assert on_board(server, hall) == []


async def test_a_picture_whose_message_is_deleted_leaves_the_starboard(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    await set_up(server, manager, hall, threshold=1)
    result = await starred(server)

    await manager.delete(result)
    await settled(server)

    assert on_board(server, hall) == []


async def test_a_moderator_takes_a_picture_off_for_good(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    await set_up(server, manager, hall, threshold=1)
    result = await starred(server)

    await manager.delete(on_board(server, hall)[0])
    await server.finish()
    await vote(server, newcomer(server, "carol"), result, "👍")
    await settled(server, EDIT_EVERY)

    assert on_board(server, hall) == []


async def test_nothing_unsafe_enters_a_channel_with_safe_mode(
    server: Server, manager: MemberActor, hall: ChannelHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    attic = server.guild.create_text_channel("attic")
    _mark_age_restricted(attic, monkeypatch)
    await manager.slash(attic, "channel set", safe_mode=False)
    await server.finish()
    await set_up(server, manager, hall, threshold=1)

    painted = await server.alice.slash(attic, "imagine", prompt="a bare shoulder")
    await server.finish()
    result = answer(painted)
    await vote(server, server.bob, result, "👍")
    await settled(server)
    assert on_board(server, hall) == []

    await set_up(server, manager, attic, threshold=1)
    await vote(server, newcomer(server, "carol"), result, "👍")
    await settled(server)
    assert [message for message in attic.history() if "2 votes for" in text_of(message)] != []

    _mark_age_restricted(None, monkeypatch)
    await settled(server, SWEEP_EVERY)
    await settled(server)
    assert [message for message in attic.history() if "votes for" in text_of(message)] == []


async def test_a_picture_of_a_channel_that_others_may_not_read_stays_there(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    everyone = server.guild.default_role
    member = server.guild.create_role("staff")
    staff = server.guild.create_text_channel(
        "staff",
        overwrites={
            everyone: discord.PermissionOverwrite(view_channel=False),
            member: discord.PermissionOverwrite(view_channel=True, send_messages=True),
        },
    )
    nina = server.guild.add_member(server.env.create_user("nina"), roles=[member])
    otto = server.guild.add_member(server.env.create_user("otto"), roles=[member])
    await set_up(server, manager, hall, threshold=1)

    painted = await nina.slash(staff, "imagine", prompt="the plan")
    await server.finish()
    await vote(server, otto, answer(painted), "👍")
    await settled(server)

    assert on_board(server, hall) == []


async def test_a_channel_that_is_gone_is_told_once_and_nothing_is_lost(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    await set_up(server, manager, hall, threshold=1)
    guild = server.app.client.get_guild(server.guild.id)
    assert guild is not None
    channel = guild.get_channel(hall.id)
    assert channel is not None
    await server.app.client.connection.run(channel.delete())
    await server.finish()

    first = await starred(server)
    await starred(server, "a blue fox")
    warned = [
        message
        for message in server.guild.owner.dm_channel.history()
        if "cannot post to the starboard" in text_of(message)
    ]
    assert len(warned) == 1
    found = await standing(server, first)
    assert found is not None
    assert found.state is PostState.WAITING

    other = server.guild.create_text_channel("new-hall")
    await set_up(server, manager, other, threshold=1)
    await settled(server, SWEEP_EVERY)
    assert len(on_board(server, other)) == 2


async def test_turned_off_it_takes_nothing_new_and_still_lets_go(
    server: Server, manager: MemberActor, hall: ChannelHandle
) -> None:
    assert "has no starboard" in text_of(answer(await set_up(server, manager, None)))
    await set_up(server, manager, hall, threshold=1)
    result = await starred(server)
    off = await set_up(server, manager, None)
    assert "The starboard is off" in text_of(answer(off))

    await starred(server, "a blue fox")
    assert len(on_board(server, hall)) == 1

    await manager.delete(result)
    await settled(server)
    assert on_board(server, hall) == []


def _mark_age_restricted(channel: ChannelHandle | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulation knows no age restriction; the client is made to see one."""
    marked = channel.id if channel is not None else None
    monkeypatch.setattr(discord.TextChannel, "is_nsfw", lambda self: self.id == marked)
