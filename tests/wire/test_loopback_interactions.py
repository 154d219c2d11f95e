"""The loopback Discord's rules for answering interactions, asked without a library."""

from collections.abc import AsyncIterator

import pytest

from tests.wire.discord import CallbackKind, LoopbackDiscord, MessageFlag, SentInteraction
from tests.wire.discord.json_types import JsonObject, JsonValue, objects_in
from tests.wire.discord.world import MEBIBYTE_BYTES
from tests.wire.raw_caller import Answer, RawCaller, raw_caller

COMMAND: JsonObject = {
    "name": "paint",
    "description": "Paint a picture",
    "options": [
        {"type": 3, "name": "prompt", "description": "What to paint", "autocomplete": True}
    ],
}
DEFER: JsonObject = {"type": CallbackKind.DEFERRED_MESSAGE}
V2 = int(MessageFlag.COMPONENTS_V2)
GALLERY: JsonObject = {
    "flags": V2,
    "components": [{"type": 12, "items": [{"media": {"url": "attachment://fox.png"}}]}],
}
ACKNOWLEDGED_WITHIN_S = 1.0


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as loopback:
        yield loopback


@pytest.fixture
async def caller(server: LoopbackDiscord) -> AsyncIterator[RawCaller]:
    async with raw_caller(server) as raw:
        yield raw


@pytest.fixture
async def interaction(server: LoopbackDiscord, caller: RawCaller) -> SentInteraction:
    path = f"/applications/{server.world.application_id}/commands"
    await caller.call("PUT", path, [COMMAND])
    return await server.slash(
        server.world.member("ann"), server.world.channel("studio"), "paint", {"prompt": "a fox"}
    )


async def acknowledge(
    caller: RawCaller, interaction: SentInteraction, payload: JsonValue = DEFER
) -> Answer:
    path = f"/interactions/{interaction.id}/{interaction.token}/callback?with_response=1"
    return await caller.call("POST", path, payload)


def webhook(server: LoopbackDiscord, interaction: SentInteraction) -> str:
    return f"/webhooks/{server.world.application_id}/{interaction.token}"


def original(server: LoopbackDiscord, interaction: SentInteraction) -> str:
    return f"{webhook(server, interaction)}/messages/@original"


async def test_a_deferred_answer_names_its_message_and_nothing_more(
    caller: RawCaller, interaction: SentInteraction
) -> None:
    answer = await acknowledge(caller, interaction)

    reply = await interaction.acknowledged(timeout_s=ACKNOWLEDGED_WITHIN_S)
    assert reply.message is not None
    assert answer.body == {
        "interaction": {
            "id": str(interaction.id),
            "type": 2,
            "response_message_id": str(reply.message.id),
            "response_message_loading": True,
            "response_message_ephemeral": False,
        }
    }


async def test_a_message_comes_back_with_its_callback(
    server: LoopbackDiscord, caller: RawCaller, interaction: SentInteraction
) -> None:
    answer = await acknowledge(caller, interaction, {"type": 4, "data": {"content": "Done"}})

    resource = answer.body["resource"]
    assert isinstance(resource, dict)
    assert isinstance(resource["message"], dict)
    assert resource["message"]["content"] == "Done"
    assert not server.contract_violations


async def test_an_interaction_is_acknowledged_once(
    caller: RawCaller, interaction: SentInteraction
) -> None:
    await acknowledge(caller, interaction)

    assert (await acknowledge(caller, interaction)).refusal == (400, 40060)


async def test_an_unknown_interaction_cannot_be_acknowledged(caller: RawCaller) -> None:
    answer = await caller.call("POST", "/interactions/1/no-such-token/callback", DEFER)

    assert answer.refusal == (404, 10062)


async def test_after_three_seconds_an_interaction_is_unknown(
    server: LoopbackDiscord, caller: RawCaller, interaction: SentInteraction
) -> None:
    server.advance(seconds=3.1)

    assert (await acknowledge(caller, interaction)).refusal == (404, 10062)


async def test_a_command_cannot_be_answered_with_choices(
    caller: RawCaller, interaction: SentInteraction
) -> None:
    answer = await acknowledge(caller, interaction, {"type": 8, "data": {"choices": []}})

    assert answer.refusal == (400, 50035)


async def test_before_the_acknowledgement_there_is_no_webhook(
    server: LoopbackDiscord, caller: RawCaller, interaction: SentInteraction
) -> None:
    answer = await caller.call("GET", original(server, interaction))

    assert answer.refusal == (404, 10015)


async def test_a_token_lives_fifteen_minutes(
    server: LoopbackDiscord, caller: RawCaller, interaction: SentInteraction
) -> None:
    await acknowledge(caller, interaction)

    server.advance(seconds=899)
    in_time = await caller.call("PATCH", original(server, interaction), {"content": "Nearly"})
    server.advance(seconds=2)
    late = await caller.call("PATCH", original(server, interaction), {"content": "Late"})

    assert in_time.status == 200
    assert late.refusal == (401, 50027)


async def test_a_follow_up_fills_an_answer_that_still_loads(
    server: LoopbackDiscord, caller: RawCaller, interaction: SentInteraction
) -> None:
    await acknowledge(caller, interaction, {**DEFER, "data": {"flags": 64}})

    first = await caller.call("POST", webhook(server, interaction), {"content": "Done"})
    second = await caller.call("POST", webhook(server, interaction), {"content": "And more"})

    assert [message.content for message in interaction.messages] == ["Done", "And more"]
    assert [message.ephemeral for message in interaction.messages] == [True, False]
    assert first.body["id"] != second.body["id"]


async def test_a_deleted_answer_is_gone(
    server: LoopbackDiscord, caller: RawCaller, interaction: SentInteraction
) -> None:
    await acknowledge(caller, interaction)

    deleted = await caller.call("DELETE", original(server, interaction))
    edited = await caller.call("PATCH", original(server, interaction), {"content": "Late"})

    assert deleted.status == 204
    assert edited.refusal == (404, 10008)
    assert interaction.messages == ()


async def test_an_edit_keeps_the_attachments_it_names_and_adds_its_files(
    server: LoopbackDiscord, caller: RawCaller, interaction: SentInteraction
) -> None:
    await acknowledge(caller, interaction)
    path = original(server, interaction)
    await caller.call("PATCH", path, {"content": "Two"}, files={"a.txt": b"a", "b.txt": b"b"})
    [message] = interaction.messages
    kept = str(message.attachments[1].id)

    entries: JsonValue = [{"id": kept}, {"id": 0, "description": "The third"}]
    await caller.call("PATCH", path, {"attachments": entries}, files={"c.txt": b"c"})

    [message] = interaction.messages
    assert [(each.filename, each.description) for each in message.attachments] == [
        ("b.txt", None),
        ("c.txt", "The third"),
    ]
    assert message.content == "Two"
    assert not server.contract_violations


async def test_a_gallery_shows_the_attached_file(
    server: LoopbackDiscord, caller: RawCaller, interaction: SentInteraction
) -> None:
    await acknowledge(caller, interaction)
    path = original(server, interaction)

    without = await caller.call("PATCH", path, GALLERY)
    answer = await caller.call("PATCH", path, GALLERY, files={"fox.png": b"a fox"})

    assert without.refusal == (400, 50035)
    assert answer.status == 200
    [message] = interaction.messages
    [item] = objects_in(message.components[0]["items"])
    assert isinstance(item["media"], dict)
    assert item["media"]["url"] == message.attachments[0].url
    assert item["media"]["attachment_id"] == str(message.attachments[0].id)
    assert not server.contract_violations


async def test_a_file_above_the_limit_is_too_large(
    server: LoopbackDiscord, caller: RawCaller, interaction: SentInteraction
) -> None:
    await acknowledge(caller, interaction)
    files = {"fox.png": b"x" * (10 * MEBIBYTE_BYTES + 1)}

    answer = await caller.call("PATCH", original(server, interaction), {}, files=files)

    assert answer.refusal == (413, 40005)


def make_row(*custom_ids: str) -> JsonObject:
    return {
        "type": 1,
        "components": [
            {"type": 2, "style": 1, "label": each, "custom_id": each} for each in custom_ids
        ],
    }


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        pytest.param({"content": ""}, 50006, id="empty"),
        pytest.param({"content": "x" * 2_001}, 50035, id="long content"),
        pytest.param({"content": "x", "flags": V2}, 50035, id="content beside components v2"),
        pytest.param(
            {"flags": V2, "components": [{"type": 10, "content": "x" * 4_001}]},
            50035,
            id="long text in components v2",
        ),
        pytest.param(
            {"flags": V2, "components": [{"type": 14}] * 41}, 50035, id="too many components"
        ),
        pytest.param(
            {"components": [{"type": 10, "content": "x"}]}, 50035, id="text without its flag"
        ),
        pytest.param(
            {"content": "x", "components": [make_row("a"), make_row("a")]},
            50035,
            id="one custom id twice",
        ),
        pytest.param(
            {"content": "x", "components": [make_row(*"abcdef")]}, 50035, id="six in a row"
        ),
        pytest.param(
            {"content": "x", "attachments": [{"id": 0}]}, 50035, id="attachment without file"
        ),
        pytest.param({"content": ["x"]}, 50035, id="wrong type"),
    ],
)
async def test_what_discord_would_not_show_is_refused(
    server: LoopbackDiscord,
    caller: RawCaller,
    interaction: SentInteraction,
    payload: JsonValue,
    code: int,
) -> None:
    await acknowledge(caller, interaction)

    answer = await caller.call("PATCH", original(server, interaction), payload)

    assert answer.refusal == (400, code)
    assert interaction.messages[0].loading
