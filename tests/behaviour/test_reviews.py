"""What a channel reviews is seen by moderators first, and by everybody only by their word."""

from datetime import timedelta

import discord
import pytest
from simcord import ChannelHandle, MemberActor
from simcord.results import InteractionResult

from tests.behaviour.server import (
    Server,
    answer,
    buttons_of,
    every_button_of,
    gallery_of,
    text_of,
)

DAY = timedelta(hours=24)


@pytest.fixture
def mods(server: Server) -> ChannelHandle:
    return server.guild.create_text_channel("review")


def add_moderator(server: Server, name: str) -> MemberActor:
    role = server.guild.create_role(
        f"{name}s",
        permissions=discord.Permissions(
            manage_guild=True,
            manage_channels=True,
            manage_messages=True,
            moderate_members=True,
            send_messages=True,
        ),
    )
    return server.guild.add_member(server.env.create_user(name), roles=[role])


@pytest.fixture
def mona(server: Server) -> MemberActor:
    return add_moderator(server, "mona")


@pytest.fixture
def otto(server: Server) -> MemberActor:
    return add_moderator(server, "otto")


async def review_all(server: Server, mona: MemberActor, mods: ChannelHandle | None) -> None:
    await mona.slash(server.general, "channel set", review="all")
    if mods is not None:
        await mona.slash(server.general, "server review-channel", channel=mods)
    await server.finish()


async def reject(
    server: Server,
    moderator: MemberActor,
    message: discord.Message,
    reason: str = "not here",
    *,
    label: str = "Reject",
) -> InteractionResult:
    form = await server.press(moderator, message, label)
    return await server.fill_in(moderator, form, reason=reason)


def told_alone(result: InteractionResult) -> str:
    """What whoever pressed is told, while the message stays as it is."""
    [told] = result.followups
    assert told.ephemeral
    return text_of(told.message)


def last(channel: ChannelHandle) -> discord.Message:
    message = channel.last_message
    assert message is not None
    return message


def now(channel: ChannelHandle, message: discord.Message) -> discord.Message:
    """A message of a channel as it is now."""
    return next(each for each in channel.history() if each.id == message.id)


def dms_of(member: MemberActor) -> list[discord.Message]:
    """What the bot has written to a member."""
    return list(member.user.dm_channel.history())


async def test_a_held_picture_is_approved_and_shown_in_its_answer(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)

    asked = answer(await server.imagine("a red fox"))
    assert gallery_of(asked) == []
    assert "waits for a moderator" in text_of(asked)
    assert "Rule: `review_all`" in text_of(asked)

    held = last(mods)
    [item] = gallery_of(held)
    assert item.spoiler
    said = text_of(held)
    for part in ("a red fox", f"<@{server.alice.id}>", "Model: ", "not blurred, no violation"):
        assert part in said
    assert buttons_of(held) == [["Approve", "Reject", "Reject and strike"]]

    await server.press(mona, held, "Approve")

    assert len(gallery_of(now(server.general, asked))) == 1
    assert f"Approved by <@{mona.id}>" in text_of(last(mods))
    assert gallery_of(last(mods)) == []


async def test_an_approval_after_fifteen_minutes_is_a_message_of_its_own(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    first = answer(await server.imagine("a red fox"))
    await server.wait(timedelta(hours=3))

    await server.press(mona, last(mods), "Approve")

    [shown] = [message for message in server.general.history() if gallery_of(message)]
    assert shown.id != first.id
    assert first.id not in {message.id for message in server.general.history()}
    assert f"<@{server.alice.id}>" in text_of(shown)


async def test_a_rejected_member_is_told_why_in_private_and_appeals_once(
    server: Server, mods: ChannelHandle, mona: MemberActor, otto: MemberActor
) -> None:
    await review_all(server, mona, mods)
    asked = answer(await server.imagine("a red fox"))

    await reject(server, mona, last(mods))

    said = text_of(now(server.general, asked))
    assert "moderator" not in said
    assert "Not charged to you" in said
    [told] = dms_of(server.alice)
    assert "The reason: “not here”" in text_of(told)
    assert "not charged" in text_of(told)

    await server.alice.user.click(told, label="Appeal")
    await server.finish()
    appeal = last(mods)
    assert "looked at once more" in text_of(appeal)

    refused = await server.press(mona, appeal, "Approve")
    assert "appeal against your decision" in told_alone(refused)

    await reject(server, otto, appeal, "still not")
    final = dms_of(server.alice)[-1]
    assert "this decision is final" in text_of(final)
    assert buttons_of(final) == []
    await server.wait(timedelta(minutes=1))
    again = await server.alice.user.click(told, label="Appeal")
    assert "This decision is final" in text_of(answer(again))


async def test_a_strike_is_written_into_the_log(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    await server.imagine("a red fox")

    await reject(server, mona, last(mods), "spam", label="Reject and strike")

    log = text_of(answer(await mona.slash(server.general, "moderation log")))
    assert "gave a strike" in log
    assert "rejected a picture" in log


async def test_the_second_of_two_moderators_changes_nothing_and_sees_who_was_faster(
    server: Server, mods: ChannelHandle, mona: MemberActor, otto: MemberActor
) -> None:
    await review_all(server, mona, mods)
    await server.imagine("a red fox")
    held = last(mods)
    form = await server.press(otto, held, "Reject")
    await server.press(mona, held, "Approve")

    late = await server.fill_in(otto, form, reason="no")

    assert "was decided on already" in told_alone(late)
    assert f"Approved by <@{mona.id}>" in text_of(last(mods))
    assert dms_of(server.alice) == []


async def test_members_who_do_not_moderate_the_channel_decide_nothing(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    await server.imagine("a red fox")

    refused = await server.press(server.bob, last(mods), "Approve")

    assert "Manage Messages" in told_alone(refused)
    assert len(gallery_of(last(mods))) == 1


async def test_what_nobody_looks_at_is_refunded_after_a_day(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    await server.imagine("a red fox")

    await server.wait(DAY)

    [told] = dms_of(server.alice)
    assert "no moderator looked at it" in text_of(told)
    assert buttons_of(told) == [["Appeal"]]
    assert "nobody decided within 24 hours" in text_of(last(mods))


async def test_the_queue_outlives_a_restart_and_has_the_same_buttons(
    server: Server, mona: MemberActor
) -> None:
    await review_all(server, mona, None)
    first = answer(await server.imagine("a red fox"))
    await server.imagine("a blue boat")

    await server.restart()

    queue = await mona.slash(server.general, "moderation queue")
    assert queue.ephemeral
    assert "a red fox" in text_of(answer(queue))
    assert "1 of 2 that wait" in text_of(answer(queue))
    assert len(gallery_of(answer(queue))) == 1
    await server.press(mona, answer(queue), "Next")
    assert "a blue boat" in text_of(answer(queue))
    await server.press(mona, answer(queue), "Back")
    await server.press(mona, answer(queue), "Approve")
    assert "Approved by" in text_of(answer(queue))
    assert len(gallery_of(now(server.general, first))) == 1
    await server.press(mona, answer(queue), "Next")
    assert "a blue boat" in text_of(answer(queue))
    await reject(server, mona, answer(queue))
    await server.press(mona, answer(queue), "Next")
    assert "Nothing waits for your review" in text_of(answer(queue))


async def test_a_review_channel_that_is_gone_is_told_once_and_nothing_is_posted(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    reports = server.guild.create_text_channel("reports")
    await mona.slash(server.general, "server reports-channel", channel=reports)
    await review_all(server, mona, mods)
    server.env.inject_error(
        "POST", f"/channels/{mods.id}/messages", status=404, code=10003, times=2
    )

    shown = [answer(await server.imagine(f"a red fox {number}")) for number in range(2)]

    assert [gallery_of(message) for message in shown] == [[], []]
    [told] = reports.history()
    assert f"I cannot post in the review channel <#{mods.id}>" in text_of(told)
    queue = answer(await mona.slash(server.general, "moderation queue"))
    assert "1 of 2 that wait" in text_of(queue)


async def test_a_private_picture_waits_too_and_late_it_comes_by_direct_message(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    asked = await server.imagine("a red fox", private=True)
    assert asked.ephemeral
    assert gallery_of(answer(asked)) == []
    assert "asked for in private" in text_of(last(mods))
    await server.wait(timedelta(hours=1))

    await server.press(mona, last(mods), "Approve")

    assert [
        gallery_of(message) for message in server.general.history() if gallery_of(message)
    ] == []
    [sent] = dms_of(server.alice)
    assert len(gallery_of(sent)) == 1


async def test_whoever_takes_no_direct_messages_is_told_at_the_next_command(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    await server.imagine("a red fox")
    server.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await reject(server, mona, last(mods))

    said = await server.imagine("a blue boat")

    [told] = said.followups
    assert told.ephemeral
    assert "The reason: “not here”" in text_of(told.message)
    assert buttons_of(told.message) == [["Appeal"]]


async def test_deleting_what_waits_takes_it_from_the_moderators(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    asked = answer(await server.imagine("a red fox"))
    question = answer(await server.press(server.alice, asked, "Delete"))
    [[label]] = buttons_of(question)

    await server.press(server.alice, question, label)

    assert list(mods.history()) == []
    queue = answer(await mona.slash(server.general, "moderation queue"))
    assert "Nothing waits" in text_of(queue)


async def test_moderators_are_not_held(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    result = await mona.slash(server.general, "imagine", prompt="a red fox")
    await server.finish()
    assert len(gallery_of(answer(result))) == 1
    assert mods.last_message is None


async def start_battle(server: Server, mona: MemberActor) -> None:
    for name, template in (("Harbour", "{prompt}, zinnober"), ("Attic", "{prompt}, aubergine")):
        await mona.slash(server.general, "style add", name=name, template=template)
    question = await server.alice.slash(server.general, "style battle", prompt="a red fox")
    [button] = every_button_of(answer(question))
    await server.alice.click(answer(question), custom_id=button.custom_id)
    await server.finish()


def pictures_in(channel: ChannelHandle) -> list[int]:
    return [len(gallery_of(message)) for message in channel.history() if gallery_of(message)]


async def test_a_battle_opens_once_both_of_its_pictures_are_approved(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    await start_battle(server, mona)
    one, other = mods.history()
    assert pictures_in(server.general) == []

    await server.press(mona, one, "Approve")
    assert pictures_in(server.general) == []
    await server.press(mona, other, "Approve")

    assert pictures_in(server.general) == [2]


async def test_a_battle_without_one_of_its_pictures_is_called_off(
    server: Server, mods: ChannelHandle, mona: MemberActor
) -> None:
    await review_all(server, mona, mods)
    await start_battle(server, mona)
    one, other = mods.history()

    await reject(server, mona, one)
    await server.press(mona, other, "Approve")

    assert pictures_in(server.general) == [1]
    texts = [text_of(message) for message in server.general.history()]
    assert any("called off" in text for text in texts), texts
