"""`/quotas` as those who manage a server meet it, and what members notice of it."""

import asyncio
import csv
import io
from typing import Any

import discord
import pytest
from simcord import MemberActor
from simcord.results import InteractionResult

from bot.domain.ids import GuildId
from bot.domain.moderation.audit import AuditEntry
from bot.domain.quotas.limits import OF_THE_SERVER
from tests.behaviour.server import Server, answer, buttons_of, text_of


@pytest.fixture
def manager(server: Server) -> MemberActor:
    role = server.guild.create_role(
        "managers", permissions=discord.Permissions(manage_guild=True, send_messages=True)
    )
    return server.guild.add_member(server.env.create_user("mona"), roles=[role])


async def ask(
    server: Server, manager: MemberActor, command: str, **options: Any
) -> InteractionResult:
    return await manager.slash(server.general, f"quotas {command}", **options)


async def change(server: Server, manager: MemberActor, command: str, **options: Any) -> str:
    """A manager changes something, and applies it; returns what the panel said at first."""
    shown = await ask(server, manager, command, **options)
    said = text_of(answer(shown))
    await server.press(manager, answer(shown), "Apply")
    return said


async def audit_of(server: Server) -> list[AuditEntry]:
    async with server.app.database.read() as tx:
        found = await tx.audit.latest(GuildId(server.guild.id), act=None, limit=50)
        return [each.entry for each in found]


def said_of_everyone(server: Server) -> Any:
    return server.app.services.limits.limits_of(GuildId(server.guild.id)).get(OF_THE_SERVER)


async def test_a_member_is_refused_by_the_limit_that_a_manager_has_set(
    server: Server, manager: MemberActor
) -> None:
    said = await change(server, manager, "set", images="1")
    assert "Images a day: nothing said → **1**" in said
    assert "Images a day: 25 (the bot's own limit) → **1 (limit of this server)**" in said

    await server.imagine("a red fox")
    refused = await server.imagine("another fox")

    assert "You have made your 1 image for today." in text_of(answer(refused))
    assert "(limit of this server)" in text_of(answer(refused))


async def test_nothing_is_changed_before_it_is_applied(
    server: Server, manager: MemberActor
) -> None:
    shown = await ask(server, manager, "set", images="1")

    assert shown.ephemeral
    assert "Nothing is changed yet." in text_of(answer(shown))
    assert buttons_of(answer(shown)) == [["Apply"]]
    assert said_of_everyone(server) is None
    assert await audit_of(server) == []


async def test_a_change_is_applied_once_also_after_a_restart(
    server: Server, manager: MemberActor
) -> None:
    shown = await ask(server, manager, "set", images="7", window="24h")
    await server.restart()

    await server.press(manager, answer(shown), "Apply")
    assert "Applied." in text_of(answer(shown))
    assert buttons_of(answer(shown)) == []

    [entry] = await audit_of(server)
    assert (entry.act, entry.subject) == ("limits_set", "server")
    assert '"most": 7' in entry.detail
    assert f"{manager.id}" not in entry.account


async def test_a_change_that_another_manager_has_overtaken_is_not_applied(
    server: Server, manager: MemberActor
) -> None:
    first = await ask(server, manager, "set", images="7")
    await change(server, manager, "set", images="9")

    late = await server.press(manager, answer(first), "Apply")

    [told] = late.followups
    assert "Somebody has changed the same in the meantime" in text_of(told.message)
    [cap] = said_of_everyone(server).caps
    assert cap.most == 9


async def test_a_role_counts_more_than_the_server_and_the_panel_says_whom_it_leaves_alone(
    server: Server, manager: MemberActor
) -> None:
    role = server.guild.create_role("artists")
    artist = server.guild.add_member(server.env.create_user("anna"), roles=[role])
    await change(server, manager, "role", role=role, images="2")

    said = await change(server, manager, "set", images="0")
    assert f"These have limits of their own, which stay: <@&{role.id}>." in said

    painted = await artist.slash(server.general, "imagine", prompt="a red fox")
    await server.finish()
    assert "1 image" not in text_of(answer(painted))
    refused = await server.imagine("a red fox")
    assert "(limit of this server)" in text_of(answer(refused))


async def test_a_limit_is_taken_back_by_inherit(server: Server, manager: MemberActor) -> None:
    await change(server, manager, "set", images="3", per_request="2")

    said = await change(server, manager, "set", images="inherit", per_request="inherit")

    assert "**25 (the bot's own limit)**" in said
    assert said_of_everyone(server) is None


async def test_a_member_and_a_channel_have_limits_of_their_own(
    server: Server, manager: MemberActor
) -> None:
    await change(server, manager, "channel", channel=server.general, per_request="1")
    await change(server, manager, "user", member=server.bob, per_request="unlimited")

    refused = await server.imagine("a red fox", images=2)
    assert f"(limit of <#{server.general.id}>)" in text_of(answer(refused))
    await server.bob.slash(server.general, "imagine", prompt="a red fox", images=2)
    await server.finish()

    explained = text_of(answer(await ask(server, manager, "explain", member=server.bob)))
    assert f"What holds for <@{server.bob.id}> in <#{server.general.id}>" in explained
    assert "Images a day: 2 of 25 used (the bot's own limit)." in explained
    assert f"Images in one request: unlimited (limit of <@{server.bob.id}>)" in explained


async def test_braces_make_no_more_images_than_one_request_may_have(
    server: Server, manager: MemberActor
) -> None:
    await change(server, manager, "set", per_request="2")

    refused = await server.imagine("a {red, blue, green} fox")

    assert "One request may have 2 images here, and this one has 3" in text_of(answer(refused))


async def test_a_grant_is_used_once_the_limit_is_and_can_be_taken_back(
    server: Server, manager: MemberActor
) -> None:
    await change(server, manager, "set", images="0")
    given = await ask(
        server, manager, "grant", whom=server.alice, images="2", reason="won the contest"
    )
    assert f"<@{server.alice.id}> may have 2 images beyond" in text_of(answer(given))

    await server.imagine("a red fox")
    mine = text_of(answer(await server.alice.slash(server.general, "quota")))
    assert "Extra: **1 image** left" in mine

    [choice] = await manager.autocomplete(server.general, "quotas revoke", "grant", "contest")
    assert "won the contest" in choice["name"]
    revoked = await ask(server, manager, "revoke", grant=choice["value"])
    assert "is revoked" in text_of(answer(revoked))
    refused = await server.imagine("another fox")
    assert "(limit of this server)" in text_of(answer(refused))
    assert {entry.act for entry in await audit_of(server)} == {
        "limits_set",
        "grant_given",
        "grant_revoked",
    }


async def test_a_member_who_leaves_and_comes_back_has_used_what_they_had_used(
    server: Server, manager: MemberActor
) -> None:
    await change(server, manager, "set", images="1")
    user = server.env.create_user("carla")
    carla = server.guild.add_member(user)
    await carla.slash(server.general, "imagine", prompt="a red fox")
    await server.finish()

    server.guild.remove_member(carla)
    await server.env.settle()
    left = text_of(answer(await ask(server, manager, "explain", member=user)))
    carla = server.guild.add_member(user)
    refused = await carla.slash(server.general, "imagine", prompt="another fox")

    assert "Images a day: 1 of 1 used (limit of this server)." in left
    assert "You have made your 1 image for today." in text_of(answer(refused))


async def test_a_budget_is_set_is_told_of_and_stops_paid_work(
    server: Server, manager: MemberActor
) -> None:
    said = await change(
        server, manager, "budget", day="0.01", time_zone="europe/rome", new_member_days=3
    )
    assert "Budget a day: nothing said → **$0.01**" in said
    assert "Time zone: `UTC` → **`Europe/Rome`**" in said
    assert "Budget: $0.01 · Dollars a day (limit of this server)." in said

    await server.imagine("a red fox")
    async with asyncio.timeout(60):
        while not server.guild.owner.dm_channel.history():
            await server.env.settle()
    [told] = server.guild.owner.dm_channel.history()
    assert "This server has used $0.01 of its $0.01 for today." in text_of(told)
    refused = await server.imagine("another fox")
    assert "this server's budget has $0.00 left for today" in text_of(answer(refused))


async def test_the_report_has_a_chart_and_a_table_of_who_spent_what(
    server: Server, manager: MemberActor
) -> None:
    empty = await ask(server, manager, "report")
    assert answer(empty).attachments == []
    await server.imagine("a red fox")

    report = answer(await ask(server, manager, "report", period="week"))

    files = {each.filename: each for each in report.attachments}
    assert set(files) == {"gondola-spending.png", "gondola-spending.csv"}
    table = (await files["gondola-spending.csv"].read()).decode()
    [line] = csv.DictReader(io.StringIO(table))
    assert (line["member_id"], line["images"]) == (f"{server.alice.id}", "1")
    assert f"<@{server.alice.id}>" in text_of(report)


async def test_all_that_is_set_is_shown_and_deleted_roles_are_called_so(
    server: Server, manager: MemberActor
) -> None:
    role = server.guild.create_role("artists")
    await change(server, manager, "role", role=role, images="9", at_once="2")
    await change(server, manager, "set", whom="new_members", dollars="0.50", window="month")
    await ask(server, manager, "grant", whom=role, dollars="2", reason="thanks")
    shown = text_of(answer(await ask(server, manager, "show")))
    assert f"**<@&{role.id}>** · Images a day: 9 · Images at once: 2" in shown
    assert "**New members** · Dollars a month: $0.50" in shown
    assert f"<@&{role.id}>: $2.00 until" in shown

    server.env.backend.delete_role(server.guild.id, role.id)
    await server.env.settle()

    shown = text_of(answer(await ask(server, manager, "show")))
    assert f"**Deleted role `{role.id}`** · Images a day: 9" in shown


@pytest.mark.parametrize(
    ("command", "options", "sentence"),
    [
        ("set", {"images": "-1"}, "is not an amount"),
        ("set", {"images": "many"}, "is not an amount"),
        ("set", {"dollars": "9999999"}, "is too much"),
        ("set", {"images": "5", "window": "year"}, "There is no window"),
        ("set", {"window": "week"}, "that are to be counted in this window"),
        ("set", {}, "There is nothing to save"),
        ("set", {"images": "inherit"}, "That is how it is already."),
        ("budget", {"time_zone": "Europe/Venise"}, "There is no time zone"),
        ("budget", {"day": "much"}, "is not an amount"),
        ("budget", {"new_member_days": 9_999}, "Members are new for 0 to 365 days"),
        ("revoke", {"grant": "none"}, "There is no such grant any more."),
    ],
)
async def test_what_is_typed_wrong_is_answered_with_a_sentence_and_changes_nothing(
    server: Server, manager: MemberActor, command: str, options: dict[str, Any], sentence: str
) -> None:
    refused = await ask(server, manager, command, **options)

    assert refused.ephemeral
    assert sentence in text_of(answer(refused))
    assert buttons_of(answer(refused)) == []
    assert await audit_of(server) == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"reason": "thanks"}, "A grant gives images, dollars or both"),
        ({"reason": "thanks", "images": "5", "days": 999}, "A grant holds for 1 to 366 days."),
        ({"reason": " ", "images": "5"}, "why the grant is given"),
    ],
)
async def test_a_grant_that_makes_no_sense_is_not_given(
    server: Server, manager: MemberActor, options: dict[str, Any], sentence: str
) -> None:
    refused = await ask(server, manager, "grant", whom=server.alice, **options)

    assert sentence in text_of(answer(refused))
    assert server.app.services.limits.grants_of(GuildId(server.guild.id)) == ()


async def test_who_does_not_manage_the_server_is_refused(
    server: Server, manager: MemberActor
) -> None:
    command = server.app.client.tree.get_command("quotas")
    assert isinstance(command, discord.app_commands.Group)
    assert command.default_permissions == discord.Permissions(manage_guild=True)
    assert command.guild_only
    await ask(server, manager, "grant", whom=server.alice, images="2", reason="thanks")
    synced = await server.app.client.tree.fetch_commands()
    [offered] = [each for each in synced if each.name == "quotas"]
    server.guild.set_command_permissions(offered, {server.bob: True})

    assert await server.bob.autocomplete(server.general, "quotas revoke", "grant", "") == []
    refused = await server.bob.slash(server.general, "quotas set", images="1")

    assert "Only members who may manage the server" in text_of(answer(refused))
    assert said_of_everyone(server) is None


async def test_amounts_windows_and_time_zones_are_offered(
    server: Server, manager: MemberActor
) -> None:
    async def offered(command: str, option: str, typed: str) -> list[str]:
        found = await manager.autocomplete(server.general, command, option, typed)
        return [choice["value"] for choice in found]

    assert {"unlimited", "inherit"} <= {*await offered("quotas set", "images", "")}
    assert (await offered("quotas set", "images", "17"))[0] == "17"
    assert "24h" in await offered("quotas set", "window", "")
    assert "Europe/Rome" in await offered("quotas budget", "time_zone", "rom")
