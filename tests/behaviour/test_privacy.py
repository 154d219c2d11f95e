"""What members see of what is stored of them, take with them, and have deleted."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import MemberActor
from sqlalchemy import Table, select

from bot.domain.ids import GuildId, ImageId, JobId, UserId
from bot.domain.jobs.job import JobImage, JobState
from bot.domain.privacy import LINK_KEPT_FOR, SERVER_KEPT_FOR, ErasureKind, Subject
from bot.services.privacy.exporting import MARGIN_BYTES
from bot.settings import Settings
from bot.storage.tables import jobs, members
from bot.storage.votes.tables import vote_tallies, votes
from tests.behaviour.interactions import Altered
from tests.behaviour.server import Server, answer, buttons_of, every_button_of, text_of
from tests.behaviour.test_votes import counts, counts_shown, vote

MOMENT = timedelta(seconds=31)
"""A little longer than between two runs of an erasure."""


async def rows(server: Server, table: Table) -> Sequence[Any]:
    async with server.app.database._engines.reader.connect() as connection:
        return (await connection.execute(select(table))).all()


def kept_pictures(settings: Settings) -> list[Path]:
    return list((settings.data_dir / "images").glob("??/*"))


async def privacy(server: Server, member: MemberActor, what: str) -> discord.Message:
    result = await member.slash(server.general, f"privacy {what}")
    assert result.ephemeral
    return answer(result)


async def erase(server: Server, member: MemberActor) -> discord.Message:
    """Ask for it, and answer both questions."""
    first = await member.slash(server.general, "privacy delete")
    await server.press(member, answer(first), "Delete everything")
    await server.press(member, answer(first), "Yes, delete it for good")
    return answer(first)


async def archive(message: discord.Message) -> zipfile.ZipFile:
    [attachment] = message.attachments
    return zipfile.ZipFile(io.BytesIO(await attachment.read()))


def lines_of(files: zipfile.ZipFile, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files.read(f"records/{table}.jsonl").splitlines()]


# Seeing


async def test_a_member_sees_how_much_is_stored(server: Server) -> None:
    await server.imagine("a red fox", images=2)
    liked = await server.alice.slash(server.general, "imagine", prompt="a hen", private=True)
    await server.finish()
    await server.press(server.alice, answer(liked), "Favourite")

    said = text_of(await privacy(server, server.alice, "show"))

    assert "2 requests with their prompts" in said
    assert "3 pictures" in said
    assert "1 favourite" in said
    assert "0 votes" in said
    assert "1 pseudonymous account that counts your usage" in said
    assert "the whole page" not in said


@pytest.mark.settings(privacy_url="https://example.org/privacy")
async def test_the_operators_page_is_linked(server: Server) -> None:
    said = text_of(await privacy(server, server.alice, "show"))

    assert "[the whole page](https://example.org/privacy)" in said


# Taking


async def test_an_export_holds_words_and_pictures(server: Server, settings: Settings) -> None:
    await server.imagine("a secret fox", images=2, seed=42)
    await server.alice.slash(server.general, "preset save", name="mine", prompt="a preset fox")
    await server.bob.slash(server.general, "imagine", prompt="not Alice's")
    await server.finish()

    message = await privacy(server, server.alice, "export")

    files = await archive(message)
    assert "and 2 pictures" in text_of(message)
    [job] = lines_of(files, "jobs")
    assert job["request"]["prompt"] == "a secret fox"
    assert job["guild_id"] == f"{server.guild.id}"
    assert "reply_token" not in job
    pictures = [name for name in files.namelist() if name.startswith("pictures/")]
    assert len(pictures) == 2
    assert {len(files.read(name)) for name in pictures} <= {
        path.stat().st_size for path in kept_pictures(settings)
    }
    assert {each["seed"] for each in lines_of(files, "images")} == {42, 43}
    assert lines_of(files, "presets")[0]["value"]["prompt"] == "a preset fox"
    assert b"not Alice's" not in b"".join(files.read(name) for name in files.namelist())
    assert list((settings.data_dir / "exports").iterdir()) == []


async def test_what_was_asked_for_in_direct_messages_is_in_it(server: Server) -> None:
    await server.alice.user.slash("imagine", prompt="a fox between us")
    await server.finish()

    files = await archive(await privacy(server, server.alice, "export"))

    [job] = lines_of(files, "jobs")
    assert (job["guild_id"], job["request"]["prompt"]) == (None, "a fox between us")


async def test_a_second_export_within_the_hour_is_refused(server: Server) -> None:
    await server.imagine("a red fox")
    await privacy(server, server.alice, "export")

    refused = await privacy(server, server.alice, "export")
    assert "You exported everything within the last hour." in text_of(refused)
    assert refused.attachments == []

    server.clock.move(timedelta(hours=1))
    again = await privacy(server, server.alice, "export")
    assert len(again.attachments) == 1


async def test_more_pictures_than_one_file_holds_come_by_a_button(
    server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.imagine("a red fox", images=3)
    largest = max(path.stat().st_size for path in kept_pictures(settings))
    Altered(monkeypatch).file_limit(MARGIN_BYTES + 20_000 + 2 * largest)

    first = await privacy(server, server.alice, "export")
    assert "There are more pictures than one file holds" in text_of(first)
    further = await server.press(server.alice, first, "File 2")

    assert further.ephemeral
    assert "Here is file 2 of your export" in text_of(answer(further))
    names = [
        name
        for message in (first, answer(further))
        for name in (await archive(message)).namelist()
        if name.startswith("pictures/")
    ]
    assert len(names) == len(set(names)) == 3
    assert buttons_of(answer(further)) == []


async def test_an_export_that_does_not_fit_does_not_count(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.imagine("a red fox")
    altered = Altered(monkeypatch)
    altered.file_limit(MARGIN_BYTES + 1_000)
    refused = await privacy(server, server.alice, "export")
    assert "larger than a message takes here" in text_of(refused)

    altered.file_limit(10_000_000)
    assert len((await privacy(server, server.alice, "export")).attachments) == 1


async def test_who_has_nothing_stored_is_told_so(server: Server) -> None:
    for what in ("export", "delete"):
        assert "Nothing is stored about you." in text_of(await privacy(server, server.bob, what))


# Deleting


async def test_deleting_is_asked_twice_and_takes_everything(
    server: Server, settings: Settings
) -> None:
    await server.imagine("a red fox", images=2)
    await server.imagine("a hidden fox", private=True)
    await server.alice.slash(server.general, "preset save", name="mine", prompt="a preset fox")
    by_bob = await server.bob.slash(server.general, "imagine", prompt="a hen")
    await server.finish()
    assert len(server.general.history(viewer=server.bob)) == 2

    asked = await server.alice.slash(server.general, "privacy delete")
    assert "2 requests with their prompts" in text_of(answer(asked))
    assert "Sums in the ledger" in text_of(answer(asked))
    await server.press(server.alice, answer(asked), "Delete everything")
    assert "Really?" in text_of(answer(asked))
    assert len(await rows(server, jobs)) == 3
    await server.press(server.alice, answer(asked), "Yes, delete it for good")
    assert "Your prompts, pictures, votes and presets are deleted." in text_of(answer(asked))
    assert buttons_of(answer(asked)) == []

    assert len(kept_pictures(settings)) == 1
    [*erased] = [row for row in await rows(server, jobs) if row.user_id == 0]
    assert len(erased) == 2
    assert all("fox" not in f"{row}" and row.shown_message_id is None for row in erased)
    await server.wait(MOMENT)
    [left] = server.general.history(viewer=server.bob)
    assert left.id == answer(by_bob).id
    listed = await server.alice.slash(server.general, "preset list")
    assert "preset fox" not in text_of(answer(listed))
    assert "0 requests" in text_of(await privacy(server, server.alice, "show"))


async def test_votes_are_withdrawn_and_every_count_stays_the_sum_of_its_votes(
    server: Server,
) -> None:
    by_bob = await server.bob.slash(server.general, "imagine", prompt="a hen")
    await server.finish()
    carol = server.guild.add_member(server.env.create_user("carol"))
    for voter in (server.alice, carol):
        await vote(server, voter, answer(by_bob), "👍")
    assert {row.ups for row in await rows(server, vote_tallies) if row.kind == "image"} == {2}

    await erase(server, server.alice)

    assert [row.user_id for row in await rows(server, votes)] == [carol.id]
    tallies = await rows(server, vote_tallies)
    assert tallies
    assert {row.ups for row in tallies} == {1}
    await counts_shown(server)
    assert counts(answer(by_bob)) == ["👍 1", "👎 0"]


async def test_what_was_deleted_before_loses_the_member_too(server: Server) -> None:
    first = await server.imagine("a red fox")
    question = await server.press(server.alice, answer(first), "Delete")
    await server.press(server.alice, answer(question), "Delete for good")

    await erase(server, server.alice)

    assert [row.user_id for row in await rows(server, jobs)] == [0]


async def test_what_waits_is_cancelled_and_refunded(server: Server) -> None:
    await server.imagine("a red fox")
    async with server.app.database.write() as tx:
        [former] = await tx.erasures.ended_jobs(
            Subject(ErasureKind.MEMBER, server.alice.id), limit=1
        )
        waiting = replace(
            former,
            id=JobId("waiting"),
            state=JobState.QUEUED,
            images=(JobImage(id=ImageId("waits"), position=0, seed=1),),
            shown=None,
        )
        # Held by nobody; a worker does not hear of it before the erasure does.
        await tx.jobs.add(waiting, idempotency_key="waiting")

    await erase(server, server.alice)
    await server.wait(MOMENT)

    states = {row.id: (row.state, row.user_id) for row in await rows(server, jobs)}
    assert states["waiting"] == (JobState.CANCELLED, 0)
    async with server.app.database.read() as tx:
        assert await tx.ledger.wrong_balances() == []


async def test_the_votes_of_others_on_what_is_deleted_go_with_it(server: Server) -> None:
    mine = await server.imagine("a red fox")
    await vote(server, server.bob, answer(mine), "👍")

    await erase(server, server.alice)

    assert await rows(server, votes) == []
    assert await rows(server, vote_tallies) == []


async def test_deleting_fills_no_allowance_up_and_the_link_goes_after_a_month(
    server: Server,
) -> None:
    await server.imagine("a red fox", images=4)
    await erase(server, server.alice)
    await server.wait(MOMENT)

    quota = await server.alice.slash(server.general, "quota")
    assert "21 images" in text_of(answer(quota))
    assert "the link to your sums goes" in text_of(await privacy(server, server.alice, "show"))

    await server.wait(LINK_KEPT_FOR)
    assert await rows(server, members) == []
    async with server.app.database.read() as tx:
        assert await tx.ledger.wrong_balances() == []


async def test_who_paints_again_keeps_their_account(server: Server) -> None:
    await server.imagine("a red fox")
    await erase(server, server.alice)
    await server.imagine("a new fox")

    await server.wait(LINK_KEPT_FOR)

    assert len(await rows(server, members)) == 1
    assert "1 request with its prompt" in text_of(await privacy(server, server.alice, "show"))


async def test_the_question_names_whom_it_was_put_to(server: Server) -> None:
    await server.imagine("a red fox")
    question = await privacy(server, server.alice, "delete")
    [button] = every_button_of(question)
    assert button.custom_id == f"g1:erase_ask:{server.alice.id}"


async def test_a_crash_in_the_midst_of_it_is_made_good_at_the_next_start(
    server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for prompt in ("a red fox", "a blue fox", "a green fox"):
        await server.imagine(prompt)
    monkeypatch.setattr("bot.services.privacy.erasing.JOBS_AT_ONCE", 1)
    erasing = server.app.services.privacy.erasing
    wipe_some = erasing._wipe_some
    wiped: list[Any] = []

    async def dies_after_the_first(subject: Any) -> bool:
        if wiped:
            raise KeyboardInterrupt("killed")
        wiped.append(subject)
        return await wipe_some(subject)

    monkeypatch.setattr(erasing, "_wipe_some", dies_after_the_first)
    await erasing.begin(UserId(server.alice.id))
    with pytest.raises(KeyboardInterrupt):
        await erasing.erase_member(f"{server.alice.id}")
    assert len([row for row in await rows(server, jobs) if row.user_id]) == 2

    await server.restart()
    await server.wait(MOMENT)
    await server.wait(MOMENT)

    assert [row.user_id for row in await rows(server, jobs)] == [0, 0, 0]
    assert kept_pictures(settings) == []
    assert server.general.history(viewer=server.bob) == []


async def test_a_message_that_cannot_be_taken_down_keeps_no_other_from_it(server: Server) -> None:
    await server.imagine("a red fox")
    await server.imagine("a blue fox")
    await erase(server, server.alice)
    server.env.inject_error(
        "DELETE", "/channels/*/messages/*", status=403, code=50001, message="Missing Access"
    )

    await server.wait(MOMENT)

    assert len(server.general.history(viewer=server.bob)) == 1
    assert "the link to your sums goes" in text_of(await privacy(server, server.alice, "show"))


# Servers


async def test_a_server_that_was_left_is_erased_after_thirty_days(
    server: Server, settings: Settings
) -> None:
    await server.imagine("a red fox")
    await server.alice.user.slash("imagine", prompt="a fox between us")
    await server.finish()
    departures = server.app.services.privacy.departures
    await departures.left(GuildId(server.guild.id))

    await server.wait(SERVER_KEPT_FOR - timedelta(hours=1))
    assert len(kept_pictures(settings)) == 2
    await server.wait(timedelta(hours=2))

    assert len(kept_pictures(settings)) == 1
    assert {row.guild_id for row in await rows(server, jobs)} == {None}
    assert [row.guild_id for row in await rows(server, members)] == [0]


async def test_coming_back_in_time_cancels_it(server: Server) -> None:
    await server.imagine("a red fox")
    departures = server.app.services.privacy.departures
    await departures.left(GuildId(server.guild.id))
    await departures.joined(GuildId(server.guild.id))

    await server.wait(SERVER_KEPT_FOR + timedelta(days=1))

    assert {row.guild_id for row in await rows(server, jobs)} == {server.guild.id}


async def test_what_happened_while_the_bot_was_away_is_noticed(server: Server) -> None:
    await server.imagine("a red fox")
    departures = server.app.services.privacy.departures

    await departures.compare([])
    await departures.compare([])
    async with server.app.database.read() as tx:
        assert await tx.departures.all() == [server.guild.id]

    await server.restart()  # and on_ready sees the server again
    async with server.app.database.read() as tx:
        assert await tx.departures.all() == []
