"""Reported pictures: hidden at the threshold, restored or removed by moderators."""

import asyncio
from datetime import datetime, timedelta

import discord
import pytest
from simcord import ChannelHandle, MemberActor
from simcord.results import InteractionResult

from bot.domain.conduct.authority import Rank
from bot.domain.gate.permissions import Actor
from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.moderation.errors import CaseDecided
from bot.domain.moderation.report_case import Verdict
from bot.domain.moderation.report_weight import MOST_REJECTED, REPORTS_A_DAY_OF_LIMITED
from bot.services.asking.plans import Place
from bot.services.conduct.conduct import Judgement
from bot.services.results.feedback import Reporting
from tests.behaviour.server import (
    Server,
    answer,
    buttons_of,
    every_button_of,
    gallery_of,
    text_of,
)


@pytest.fixture
def mods(server: Server) -> ChannelHandle:
    return server.guild.create_text_channel("moderators")


@pytest.fixture
def mona(server: Server) -> MemberActor:
    role = server.guild.create_role(
        "mods",
        permissions=discord.Permissions(moderate_members=True, manage_guild=True),
        position=5,
    )
    return server.guild.add_member(server.env.create_user("mona"), roles=[role])


@pytest.fixture
def crowd(server: Server) -> list[MemberActor]:
    return [
        server.bob,
        *(server.guild.add_member(server.env.create_user(name)) for name in ("carol", "dave")),
    ]


async def report(
    server: Server, member: MemberActor, message: discord.Message, number: str | None = None
) -> InteractionResult:
    form = await server.press(member, message, "Report")
    if number is not None:
        form = await server.press(member, answer(form), number)
    if form.modal is None:
        return form
    return await server.fill_in(member, form, reason="it shows me")


def seen(server: Server, message: discord.Message) -> discord.Message:
    [found] = [each for each in server.general.history() if each.id == message.id]
    return found


async def hidden(
    server: Server, crowd: list[MemberActor], message: discord.Message, number: str | None = None
) -> None:
    for member in crowd:
        await report(server, member, message, number)


async def test_at_the_threshold_one_of_several_is_hidden_and_restored(
    server: Server, mods: ChannelHandle, mona: MemberActor, crowd: list[MemberActor]
) -> None:
    await mona.slash(server.general, "server reports-channel", channel=mods)
    message = answer(await server.imagine("a fox", images=2, seed=42))
    for member in crowd[:2]:
        await report(server, member, message, "2")
    assert len(gallery_of(seen(server, message))) == 2

    last = await report(server, crowd[2], message, "2")

    assert "The picture is hidden until one of them has looked" in text_of(answer(last))
    now = seen(server, message)
    assert len(gallery_of(now)) == 1
    assert len(now.attachments) == 1
    assert "1 picture was reported and is hidden, pending review" in text_of(now)
    post = mods.last_message
    assert post is not None
    assert buttons_of(post) == [["Restore", "Remove", "Remove and strike"]]
    await server.press(server.bob, post, "Remove")
    assert len(seen(server, message).attachments) == 1
    await server.restart()
    await server.press(mona, post, "Restore")

    now = seen(server, message)
    assert len(gallery_of(now)) == 2
    assert "hidden" not in text_of(now)
    [decided] = [each for each in mods.history() if each.id == post.id]
    assert f"<@{mona.id}> keeps the picture of <@{server.alice.id}>" in text_of(decided)
    assert buttons_of(decided) == []


async def test_a_hidden_picture_is_in_no_gallery_and_takes_no_votes(
    server: Server, crowd: list[MemberActor]
) -> None:
    message = answer(await server.imagine("a fox"))
    await hidden(server, crowd, message)

    gallery = await server.bob.slash(server.general, "gallery")
    assert "a fox" not in text_of(answer(gallery))
    assert ["0", "0"] not in buttons_of(seen(server, message))
    history = await server.alice.slash(server.general, "history")
    assert "a fox" in text_of(answer(history))


async def test_removed_with_a_strike_it_is_gone_for_good(
    server: Server, mona: MemberActor, crowd: list[MemberActor]
) -> None:
    message = answer(await server.imagine("a fox"))
    await hidden(server, crowd, message)
    listed = await mona.slash(server.general, "moderation reports")
    assert "3 members report a picture" in text_of(answer(listed))
    assert listed.ephemeral

    await server.press(mona, answer(listed), "Remove and strike")

    assert message.id not in {each.id for each in server.general.history()}
    assert not list((server.settings.data_dir / "images").glob("??/*"))
    [letter] = [text_of(each) for each in server.alice.user.dm_channel.history()]
    assert "a picture that was reported" in letter
    log = text_of(answer(await mona.slash(server.general, "moderation log")))
    assert "removed a reported picture" in log
    assert "the bot hid a reported picture" in log


async def test_one_of_several_is_removed_alone(
    server: Server, mona: MemberActor, crowd: list[MemberActor]
) -> None:
    message = answer(await server.imagine("a fox", images=2))
    await report(server, crowd[0], message, "1")
    listed = await mona.slash(server.general, "moderation reports")
    assert buttons_of(answer(listed)) == [["Keep", "Remove", "Remove and strike"]]

    await server.press(mona, answer(listed), "Remove")

    now = seen(server, message)
    assert len(gallery_of(now)) == 1
    assert "1 picture was removed by a moderator." in text_of(now)


async def test_shared_copies_are_hidden_together(server: Server, crowd: list[MemberActor]) -> None:
    private = answer(await server.imagine("a fox", private=True))
    for _ in range(2):
        await server.alice.click(private, label="Share")
        server.clock.move(timedelta(minutes=1))
        await server.finish()
    copies = [each for each in server.general.history(viewer=server.bob) if gallery_of(each)]
    assert len(copies) == 2

    for member, message in zip(crowd, (*copies, copies[0]), strict=True):
        await report(server, member, message)

    for copy in copies:
        assert gallery_of(seen(server, copy)) == []
    again = await server.press(server.alice, private, "Share")
    assert "hidden until a moderator has looked at it" in text_of(answer(again))


async def test_two_moderators_at_once_make_one_decision(
    server: Server, mona: MemberActor, crowd: list[MemberActor]
) -> None:
    message = answer(await server.imagine("a fox"))
    await hidden(server, crowd, message)
    cases = server.app.services.moderation.cases
    [case] = await cases.open_cases(GuildId(server.guild.id))

    made = await asyncio.gather(
        *(cases.rule_on(case.image_id, verdict, judgement(server, mona)) for verdict in Verdict),
        return_exceptions=True,
    )

    assert sum(isinstance(each, CaseDecided) for each in made) == 2
    log = text_of(answer(await mona.slash(server.general, "moderation log")))
    assert log.count("reported picture") == 2


async def test_an_edit_that_failed_is_made_up_for_after_a_restart(
    server: Server, crowd: list[MemberActor]
) -> None:
    message = answer(await server.imagine("a fox"))
    server.env.inject_error(
        "PATCH", f"/channels/{server.general.id}/messages/*", status=503, code=0, times=1
    )
    await hidden(server, crowd, message)
    assert len(gallery_of(seen(server, message))) == 1
    await server.restart()

    await server.wait(timedelta(minutes=5))

    assert gallery_of(seen(server, message)) == []


async def test_fresh_accounts_hide_nothing(server: Server) -> None:
    message = answer(await server.imagine("a fox"))
    feedback, now = server.app.services.results.feedback, server.clock.now()

    for number in range(11):
        await feedback.report(image_of(message), newcomer(server, number, now), "spam")
    assert len(gallery_of(seen(server, message))) == 1

    twelfth = await feedback.report(image_of(message), newcomer(server, 11, now), "spam")
    assert twelfth.hidden


async def test_who_reports_falsely_hides_nothing_and_is_told(
    server: Server, mona: MemberActor
) -> None:
    for _ in range(MOST_REJECTED):
        message = answer(await server.imagine("a fox"))
        await report(server, server.bob, message)
        listed = await mona.slash(server.general, "moderation reports")
        await server.press(mona, answer(listed), "Keep")

    server.clock.move(timedelta(hours=25))
    thanks = [
        text_of(answer(await report(server, server.bob, answer(await server.imagine("a fox")))))
        for _ in range(REPORTS_A_DAY_OF_LIMITED + 1)
    ]

    assert "Moderators have rejected so many of your reports" in thanks[0]
    assert "You have reported 3 pictures within 24 hours" in thanks[-1]


def image_of(message: discord.Message) -> ImageId:
    [button] = [
        each for each in every_button_of(message) if f"{each.custom_id}".startswith("g1:report:")
    ]
    return ImageId(f"{button.custom_id}".removeprefix("g1:report:"))


def newcomer(server: Server, number: int, now: datetime) -> Reporting:
    actor = Actor(
        user_id=UserId(1_000 + number),
        guild_id=GuildId(server.guild.id),
        channel_id=ChannelId(server.general.id),
    )
    return Reporting(actor, now, now)


def judgement(server: Server, moderator: MemberActor) -> Judgement:
    place = Place(
        user_id=UserId(moderator.id),
        guild_id=GuildId(server.guild.id),
        channel_id=ChannelId(server.general.id),
        locale="en-US",
    )
    above = Rank(user_id=UserId(moderator.id), height=(5, 0))
    return Judgement(place, above, Rank(user_id=UserId(server.alice.id)))
