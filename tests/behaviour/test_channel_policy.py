"""What moderators set for a channel is what members get there, and they are told which rule."""

from typing import Any

import discord
import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from sandbox.venice.server import VeniceStandIn
from tests.behaviour.server import Server, answer, buttons_of, gallery_of, text_of


@pytest.fixture
def mona(server: Server) -> MemberActor:
    """A manager of the server."""
    role = server.guild.create_role(
        "managers",
        permissions=discord.Permissions(
            manage_guild=True, manage_channels=True, moderate_members=True, send_messages=True
        ),
    )
    return server.guild.add_member(server.env.create_user("mona"), roles=[role])


@pytest.fixture
def rita(server: Server) -> MemberActor:
    """One who manages channels, and not the server."""
    role = server.guild.create_role(
        "gardeners", permissions=discord.Permissions(manage_channels=True, send_messages=True)
    )
    return server.guild.add_member(server.env.create_user("rita"), roles=[role])


async def channel(
    server: Server, moderator: MemberActor, command: str, **options: Any
) -> InteractionResult:
    result = await moderator.slash(server.general, f"channel {command}", **options)
    await server.finish()
    return result


async def test_a_new_server_is_told_that_safe_mode_is_on(server: Server, mona: MemberActor) -> None:
    shown = await channel(server, mona, "show")

    assert shown.ephemeral
    said = text_of(answer(shown))
    assert "**Safe mode**: on · the bot's own" in said
    assert "**Images in a request**: 4 · the bot's own" in said
    assert "forbidden everywhere" in said


async def test_what_is_set_is_shown_with_who_decided_it_and_kept_over_a_restart(
    server: Server, mona: MemberActor
) -> None:
    await channel(server, mona, "set", scope="server", most_images=2)
    changed = await channel(server, mona, "set", slow_mode=30, commands="imagine")
    assert "**Slow mode**: 30 seconds · set for the channel" in text_of(answer(changed))

    await server.restart()

    said = text_of(answer(await channel(server, mona, "show")))
    assert "**Images in a request**: 2 · set for the server" in said
    assert "**Commands**: `imagine` · set for the channel" in said


async def test_safe_mode_stays_on_where_discord_does_not_mark_the_channel(
    server: Server, venice: VeniceStandIn, mona: MemberActor
) -> None:
    changed = await channel(server, mona, "set", safe_mode=False)
    assert "stays on: Discord does not mark this channel" in text_of(answer(changed))

    shown = await server.imagine("a red fox")

    assert gallery_of(answer(shown))
    asked = [each.body for each in venice.requests if each.route == "/image/generate"]
    assert [body["safe_mode"] for body in asked] == [True]


@pytest.mark.parametrize(
    ("setting", "asked", "rule"),
    [
        ({"most_images": 1}, {"images": 2}, "too_many_images"),
        ({"private_images": "nobody"}, {"private": True}, "private_images"),
        ({"commands": "upscale"}, {}, "command_not_allowed"),
        ({"forbid_models": "z-image-turbo"}, {"model": "z-image-turbo"}, "model_not_allowed"),
        ({"allow_models": "qwen-image"}, {"model": "z-image-turbo"}, "model_not_allowed"),
    ],
)
async def test_a_refusal_names_its_rule_and_costs_nothing(
    server: Server, mona: MemberActor, setting: dict[str, Any], asked: dict[str, Any], rule: str
) -> None:
    await channel(server, mona, "set", scope="server", **setting)

    refused = await server.imagine("a red fox", **asked)

    assert refused.ephemeral
    said = text_of(answer(refused))
    assert f"Rule: `{rule}`" in said
    assert "Nothing was charged" in said


async def test_uncensored_models_paint_nothing_in_a_safe_channel(server: Server) -> None:
    refused = await server.imagine("a red fox", model="chroma")

    assert "Rule: `uncensored_model`" in text_of(answer(refused))


async def test_what_is_forbidden_everywhere_is_refused_without_any_list(server: Server) -> None:
    refused = await server.imagine("a n4ked ch1ld")

    assert "Rule: `forbidden_everywhere`" in text_of(answer(refused))


async def test_the_reroll_of_an_earlier_picture_keeps_to_the_rules_of_now(
    server: Server, mona: MemberActor
) -> None:
    shown = await server.imagine("a red fox", images=2)
    await channel(server, mona, "set", most_images=1)

    refused = await server.press(server.bob, answer(shown), "Reroll")

    assert "Rule: `too_many_images`" in text_of(answer(refused))


async def test_a_paused_server_paints_nothing_until_it_goes_on(
    server: Server, mona: MemberActor
) -> None:
    paused = await channel(server, mona, "pause", reason="a raid")
    assert "Nothing new is painted" in text_of(answer(paused))
    assert "Rule: `paused`" in text_of(answer(await server.imagine("a red fox")))
    assert "a raid" in text_of(answer(await channel(server, mona, "show")))
    again = await channel(server, mona, "pause")
    assert "paused already" in text_of(answer(again))

    await channel(server, mona, "resume")

    assert gallery_of(answer(await server.imagine("a red fox")))


async def test_everywhere_is_for_the_owner_alone(server: Server, mona: MemberActor) -> None:
    refused = await channel(server, mona, "pause", scope="everywhere")

    assert "Only the bot's owner" in text_of(answer(refused))
    assert gallery_of(answer(await server.imagine("a red fox")))


async def test_who_manages_channels_decides_for_channels_and_not_for_the_server(
    server: Server, rita: MemberActor
) -> None:
    refused = await channel(server, rita, "set", scope="server", most_images=1)
    assert "permission Manage Server" in text_of(answer(refused))

    changed = await channel(server, rita, "set", most_images=1)

    assert "1 · set for the channel" in text_of(answer(changed))


async def test_explain_says_what_a_member_may_do(server: Server, mona: MemberActor) -> None:
    await channel(server, mona, "set", private_images="moderators", slow_mode=5)

    said = text_of(answer(await channel(server, mona, "explain", member=server.alice)))

    assert f"What <@{server.alice.id}> may do in <#{server.general.id}>" in said
    assert "They may not make private images." in said


async def test_a_channel_copies_the_rules_of_another_one(server: Server, mona: MemberActor) -> None:
    await channel(server, mona, "set", most_images=3)
    other = server.guild.create_text_channel("other")

    copied = await mona.slash(other, "channel copy", source=server.general)

    assert "**Images in a request**: 3 · set for the channel" in text_of(answer(copied))


async def test_a_model_that_there_is_not_changes_nothing(server: Server, mona: MemberActor) -> None:
    refused = await channel(server, mona, "set", allow_models="z-image-turbo, nonsense")

    assert "no image model called `nonsense`" in text_of(answer(refused))
    assert "**Models**: all" in text_of(answer(await channel(server, mona, "show")))


async def test_only_moderators_are_offered_the_commands(server: Server) -> None:
    tree = server.app.client.tree
    for name, permissions in {
        "channel": discord.Permissions(manage_channels=True),
        "moderation": discord.Permissions(moderate_members=True),
    }.items():
        command = tree.get_command(name)
        assert isinstance(command, discord.app_commands.Group)
        assert command.default_permissions == permissions
        assert command.guild_only


class TestTerms:
    async def test_a_blocked_term_is_refused_in_its_disguises_and_not_told(
        self, server: Server, mona: MemberActor
    ) -> None:
        added = await mona.slash(server.general, "moderation terms add", term="grim")
        assert "`grim` is blocked" in text_of(answer(added))

        refused = await server.imagine("a g r 1 m king")

        assert refused.ephemeral
        said = text_of(answer(refused))
        assert "Rule: `blocked_term`" in said
        assert "grim" not in said
        assert gallery_of(answer(await server.imagine("a pilgrim")))

    async def test_a_negative_prompt_and_a_remix_are_looked_at_too(
        self, server: Server, mona: MemberActor
    ) -> None:
        shown = await server.imagine("a red fox")
        await mona.slash(server.general, "moderation terms add", term="grim")

        negative = await server.imagine("a red fox --no grim")
        form = await server.press(server.bob, answer(shown), "Remix")
        remixed = await server.fill_in(server.bob, form, prompt="a grim fox")

        for refused in (negative, remixed):
            assert "Rule: `blocked_term`" in text_of(answer(refused))

    async def test_moderators_list_test_and_remove(self, server: Server, mona: MemberActor) -> None:
        for term in ("grim", "/d[ae]rk/"):
            await mona.slash(server.general, "moderation terms add", term=term)
        again = await mona.slash(server.general, "moderation terms add", term="grim")
        assert "on the list already" in text_of(answer(again))
        listed = await mona.slash(server.general, "moderation terms list")
        assert "`/d[ae]rk/`, `grim`" in text_of(answer(listed))
        tested = await mona.slash(server.general, "moderation terms test", prompt="a gr1m dark fox")
        assert "`grim` is found in `gr1m`, in another spelling" in text_of(answer(tested))
        assert "by a pattern" in text_of(answer(tested))

        removed = await mona.slash(server.general, "moderation terms remove", term="grim")

        assert "no longer blocked" in text_of(answer(removed))
        gone = await mona.slash(server.general, "moderation terms remove", term="grim")
        assert "not on the list" in text_of(answer(gone))

    @pytest.mark.parametrize("term", ["a", "/(/", "/.*/", "!!!"])
    async def test_what_is_no_term_changes_nothing(
        self, server: Server, mona: MemberActor, term: str
    ) -> None:
        refused = await mona.slash(server.general, "moderation terms add", term=term)

        assert refused.ephemeral
        assert "Nothing was charged" not in text_of(answer(refused))
        listed = await mona.slash(server.general, "moderation terms list")
        assert "No terms are blocked here" in text_of(answer(listed))

    async def test_the_log_says_who_did_what(self, server: Server, mona: MemberActor) -> None:
        await mona.slash(server.general, "moderation terms add", term="grim")
        await channel(server, mona, "pause", scope="channel", reason="a raid")

        said = text_of(answer(await mona.slash(server.general, "moderation log")))

        assert f"<@{mona.id}> paused: <#{server.general.id}> · “a raid”" in said
        assert f"<@{mona.id}> blocked a term: `grim`" in said
        only = await mona.slash(server.general, "moderation log", act="paused")
        assert "grim" not in text_of(answer(only))
        assert buttons_of(answer(only)) == [["As a table"]]

    async def test_a_list_is_brought_and_taken_away_as_a_file(
        self, server: Server, mona: MemberActor
    ) -> None:
        content = b"# ours\ngrim\n/d[ae]rk/\n"
        brought = await mona.slash(
            server.general, "moderation terms import", file=("terms.txt", content)
        )
        assert "2 terms are new" in text_of(answer(brought))
        assert "Rule: `blocked_term`" in text_of(answer(await server.imagine("a dark fox")))

        taken = await mona.slash(server.general, "moderation terms export")

        [file] = answer(taken).attachments
        assert sorted((await file.read()).splitlines()) == [b"/d[ae]rk/", b"grim"]

    async def test_a_file_with_a_line_that_is_no_term_adds_nothing(
        self, server: Server, mona: MemberActor
    ) -> None:
        refused = await mona.slash(
            server.general, "moderation terms import", file=("terms.txt", b"grim\nx\n")
        )

        assert "Line 2 is no term" in text_of(answer(refused))
        listed = await mona.slash(server.general, "moderation terms list")
        assert "No terms are blocked here" in text_of(answer(listed))
