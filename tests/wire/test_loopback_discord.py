"""discord.py, unchanged, against the loopback Discord."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.wire import tiny_bot
from tests.wire.discord import (
    Channel,
    LoopbackDiscord,
    Member,
    MessageFlag,
    NotOffered,
    OptionValue,
    Upload,
)
from tests.wire.tiny_bot import TinyBot

TIMEOUT_S = 20.0


@pytest.fixture
async def loopback(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    """A loopback Discord that this process's discord.py talks to."""
    async with LoopbackDiscord() as server:
        monkeypatch.setattr(Route, "BASE", server.api_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway_url))
        yield server


@pytest.fixture
async def bot(loopback: LoopbackDiscord) -> AsyncIterator[TinyBot]:
    """The tiny bot, connected."""
    async with TinyBot() as client:
        running = asyncio.create_task(client.start(loopback.token))
        await loopback.ready(timeout_s=TIMEOUT_S)
        # discord.py says so a moment later, which must not fall into the end of the test.
        await asyncio.wait_for(client.wait_until_ready(), TIMEOUT_S)
        yield client
        await client.close()
        await running
    assert not loopback.contract_violations


@pytest.fixture
def ann(loopback: LoopbackDiscord) -> Member:
    return loopback.world.member("ann")


@pytest.fixture
def studio(loopback: LoopbackDiscord) -> Channel:
    return loopback.world.channel("studio")


async def test_a_bot_logs_in_and_finds_its_server(loopback: LoopbackDiscord, bot: TinyBot) -> None:
    await bot.wait_until_ready()

    [guild] = bot.guilds
    assert (guild.name, guild.me.id) == ("Atelier", loopback.world.bot.id)
    assert {each.name: each.is_nsfw() for each in guild.text_channels} == {
        "studio": False,
        "after-dark": True,
    }


@pytest.mark.usefixtures("bot")
async def test_its_commands_are_registered(loopback: LoopbackDiscord) -> None:
    assert [command["name"] for command in loopback.commands] == ["paint", "announce"]


@pytest.mark.usefixtures("bot")
async def test_a_deferred_command_ends_in_a_message_with_a_picture(
    loopback: LoopbackDiscord, ann: Member, studio: Channel
) -> None:
    interaction = await loopback.slash(ann, studio, "paint", {"prompt": "a red fox"})

    reply = await interaction.acknowledged(timeout_s=TIMEOUT_S)
    assert reply.deferred
    assert not reply.ephemeral
    message = await interaction.message_where(lambda m: m.attachments, timeout_s=TIMEOUT_S)
    [attachment] = message.attachments
    assert attachment.data == tiny_bot.picture()
    assert (attachment.width, attachment.height) == tiny_bot.PICTURE_SIZE
    assert (attachment.content_type, attachment.description) == ("image/png", "A red fox")
    assert message.texts == ("a red fox by flux-dev",)
    assert message.flags == MessageFlag.COMPONENTS_V2
    assert loopback.messages(studio) == (message,)


@pytest.mark.usefixtures("bot")
async def test_a_picture_can_be_fetched_by_its_link(
    loopback: LoopbackDiscord, ann: Member, studio: Channel
) -> None:
    interaction = await loopback.slash(ann, studio, "paint", {"prompt": "a red fox"})
    message = await interaction.message_where(lambda m: m.attachments, timeout_s=TIMEOUT_S)

    async with aiohttp.ClientSession() as session, session.get(message.attachments[0].url) as got:
        assert (got.status, got.content_type) == (200, "image/png")
        assert await got.read() == tiny_bot.picture()


@pytest.mark.usefixtures("bot")
async def test_a_private_answer_is_ephemeral_to_its_end(
    loopback: LoopbackDiscord, ann: Member, studio: Channel
) -> None:
    options: dict[str, OptionValue] = {"prompt": "a red fox", "private": True}
    interaction = await loopback.slash(ann, studio, "paint", options)

    reply = await interaction.acknowledged(timeout_s=TIMEOUT_S)
    message = await interaction.message_where(lambda m: m.attachments, timeout_s=TIMEOUT_S)
    assert reply.ephemeral
    assert message.ephemeral
    assert not message.loading


@pytest.mark.usefixtures("bot")
async def test_an_attached_file_reaches_the_bot(
    loopback: LoopbackDiscord, ann: Member, studio: Channel
) -> None:
    sketch = Upload("sketch.bin", b"a few strokes")
    options: dict[str, OptionValue] = {"prompt": "the same", "reference": sketch}
    interaction = await loopback.slash(ann, studio, "paint", options)

    message = await interaction.message_where(lambda m: m.attachments, timeout_s=TIMEOUT_S)
    assert message.attachments[0].data == b"a few strokes"


@pytest.mark.usefixtures("bot")
async def test_a_nonce_sent_twice_makes_one_message(
    loopback: LoopbackDiscord, ann: Member, studio: Channel
) -> None:
    interaction = await loopback.slash(ann, studio, "announce", {"text": "hello"})

    told = await interaction.message_where(lambda m: m.content, timeout_s=TIMEOUT_S)
    assert told.content == "one message"
    assert [m.content for m in loopback.messages(studio) if not m.ephemeral] == ["hello"]


@pytest.mark.usefixtures("bot")
async def test_choices_follow_what_is_typed(
    loopback: LoopbackDiscord, ann: Member, studio: Channel
) -> None:
    choices = await loopback.autocomplete(
        ann, studio, "paint", focused="model", value="flu", options={"prompt": "a fox"}
    )

    assert [choice.value for choice in choices] == ["flux-dev", "flux-pro"]


@pytest.mark.usefixtures("bot")
async def test_a_button_opens_a_modal_whose_answer_changes_the_message(
    loopback: LoopbackDiscord, ann: Member, studio: Channel
) -> None:
    painted = await loopback.slash(ann, studio, "paint", {"prompt": "a red fox"})
    message = await painted.message_where(lambda m: m.buttons, timeout_s=TIMEOUT_S)

    pressed = await loopback.click(ann, message, tiny_bot.AGAIN)
    opened = await pressed.acknowledged(timeout_s=TIMEOUT_S)
    assert opened.modal is not None
    submitted = await loopback.submit(pressed, {tiny_bot.PROMPT_FIELD: "a blue fox"})
    changed = await submitted.message_where(
        lambda m: m.texts == ("a blue fox",), timeout_s=TIMEOUT_S
    )
    assert changed.id == message.id
    assert len(changed.attachments) == 1


@pytest.mark.usefixtures("bot")
async def test_what_a_member_could_not_send_is_not_sent(
    loopback: LoopbackDiscord, ann: Member, studio: Channel
) -> None:
    with pytest.raises(NotOffered, match="requires prompt"):
        await loopback.slash(ann, studio, "paint")
    with pytest.raises(NotOffered, match="prompt takes string"):
        await loopback.slash(ann, studio, "paint", {"prompt": 7})
    with pytest.raises(NotOffered, match="not registered"):
        await loopback.slash(ann, studio, "sculpt")


@pytest.mark.usefixtures("bot")
async def test_events_missed_without_a_connection_arrive_on_resuming(
    loopback: LoopbackDiscord, ann: Member, studio: Channel
) -> None:
    await loopback.drop_connections()
    interaction = await loopback.slash(ann, studio, "paint", {"prompt": "a red fox"})

    await loopback.resumed(timeout_s=TIMEOUT_S)
    reply = await interaction.acknowledged(timeout_s=TIMEOUT_S)
    assert reply.deferred
    assert len(loopback.sessions) == 1


async def test_the_bot_hears_of_deletions(
    loopback: LoopbackDiscord, bot: TinyBot, ann: Member, studio: Channel
) -> None:
    await bot.wait_until_ready()
    interaction = await loopback.slash(ann, studio, "paint", {"prompt": "a red fox"})
    message = await interaction.message_where(lambda m: m.attachments, timeout_s=TIMEOUT_S)

    heard = bot.wait_for("raw_message_delete", timeout=TIMEOUT_S)
    await bot.get_partial_messageable(studio.id).get_partial_message(message.id).delete()
    assert (await heard).message_id == message.id
    assert loopback.messages(studio) == ()


@pytest.mark.usefixtures("loopback")
async def test_a_wrong_token_fails_the_login() -> None:
    async with TinyBot() as client:
        with pytest.raises(discord.LoginFailure):
            await client.start("not-the-token")


async def test_privileged_intents_are_refused(loopback: LoopbackDiscord) -> None:
    async with discord.Client(intents=discord.Intents(message_content=True)) as client:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start(loopback.token)
