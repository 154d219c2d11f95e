"""What the gate refuses, changes or withholds is in the log, on every path, and cheaply."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.asking.request import Recipe
from bot.domain.errors import RefusedByRule
from bot.domain.gate.policy import PolicySnapshot
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.jobs.failure import FailureReason
from bot.domain.jobs.painting import Painting
from bot.domain.moderation.audit import Act, AuditEntry, LogQuery
from bot.domain.terms import TermMatcher, parse_term
from bot.services.gate import log as gate_log
from bot.services.moderation.audit_reader import csv_of
from bot.storage.errors import DatabaseUnavailable
from tests.services.gate_paths import MODEL, PATHS, GatePath, Stage
from tests.services.house import House, make_place, make_request
from tests.services.painters import painting
from tests.services.test_gate_on_every_path import WICKED, Matrix, cases
from tests.services.test_results import ALICE_HERE

GUILD = GuildId(70)
PLACE = make_place(guild_id=GUILD)
RECIPE = make_request(prompt="wicked")


async def logged(house: House) -> list[AuditEntry]:
    await house.gate_log.write()
    async with house.database.read() as tx:
        found = await tx.audit.page(GUILD, LogQuery(), skip=0, limit=100)
    return [each.entry for each in found]


def refused(house: House, times: int = 1, **changed: object) -> None:
    """A member asks for what is forbidden, again and again."""
    house.policies.policy = PolicySnapshot(terms=WICKED)
    for _ in range(times):
        with pytest.raises(RefusedByRule):
            house.generation.plan(RECIPE, replace(PLACE, **changed))  # type: ignore[arg-type] # fields by name


# What is not shown while others are painted is judged, and written down, at the delivery.
LOGGED = [path for path in PATHS if path.name != "shown_while_others_are_painted"]
IMAGINE = next(path for path in PATHS if path.name == "imagine")


@pytest.mark.parametrize("path", LOGGED, ids=lambda path: path.name)
async def test_every_path_tells_what_was_refused_and_never_the_prompt(
    house: House, path: GatePath
) -> None:
    name = "a blocked term" if path.has_words else "a forbidden model"
    policy = cases(path.model)[name].policy
    assert not await Matrix(house, path).gets_through(PolicySnapshot(), policy)

    [entry] = await logged(house)

    assert entry.act in {Act.REFUSED, Act.WITHHELD}
    assert entry.reason == (Rule.BLOCKED_TERM if path.has_words else Rule.MODEL_NOT_ALLOWED)
    assert entry.subject == f"channel {PLACE.channel_id}"
    assert entry.detail.startswith("model=")
    assert "wicked" not in f"{entry}"


@pytest.mark.parametrize("name", [name for name in cases(MODEL) if name != "no rule"])
async def test_every_rule_is_named(house: House, name: str) -> None:
    policy = cases(MODEL)[name].policy
    assert not await Matrix(house, IMAGINE).gets_through(PolicySnapshot(), policy)

    [entry] = await logged(house)
    assert entry.reason in tuple(Rule)


async def test_safe_mode_that_the_gate_turns_on_is_noted(house: House) -> None:
    house.policies.policy = PolicySnapshot(safe_mode=False)
    job = await house.ask(PLACE)
    await house.finish()
    house.policies.policy = PolicySnapshot()

    plan = await house.results.redo.plan_reroll(job.id, ALICE_HERE, PLACE)

    assert isinstance(plan.recipe, Recipe)
    assert plan.recipe.safe_mode
    [entry] = await logged(house)
    assert (entry.act, entry.reason) == (Act.ALTERED, Rule.SAFE_MODE)


async def test_a_flood_of_refusals_is_one_entry(house: House) -> None:
    refused(house, times=300)
    refused(house, channel_id=ChannelId(701))
    refused(house, user_id=UserId(8))

    assert sorted(entry.times for entry in await logged(house)) == [1, 1, 300]
    house.clock.move(60)
    refused(house, times=2)
    assert sorted(entry.times for entry in await logged(house)) == [1, 1, 302]


async def test_kinds_of_refusals_are_limited_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate_log, "MOST_WAITING", 2)
    for channel in range(5):
        refused(house, channel_id=ChannelId(channel))

    assert len(await logged(house)) == 2


async def test_what_could_not_be_written_is_written_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise DatabaseUnavailable.__new__(DatabaseUnavailable)

    refused(house)
    with monkeypatch.context() as patched:
        patched.setattr(house.gate_log, "_write", unreachable)
        with pytest.raises(DatabaseUnavailable):
            await house.gate_log.write()
        refused(house)

    [entry] = await logged(house)
    assert entry.times == 2


async def test_what_the_gate_lets_pass_is_not_written(house: House) -> None:
    await house.ask(PLACE)
    await house.finish()

    assert await logged(house) == []


async def test_a_rewritten_prompt_is_held_to_the_same_words(house: House) -> None:
    async def rewrite(seed: int) -> Painting:
        return replace(painting(seed), enhanced_prompt="a w1cked fox, golden hour")

    house.painter.paint_one = rewrite
    house.policies.policy = PolicySnapshot(terms=TermMatcher([parse_term("wicked")]))
    job = await house.ask(PLACE, enhance=True)
    await house.finish()

    [image] = (await house.job(job)).images
    assert image.failure is not None
    assert image.failure.reason is FailureReason.REWRITTEN
    assert image.failure.detail == Rule.BLOCKED_TERM
    assert image.enhanced_prompt is None
    assert house.messenger.shown[0].shown == ()
    assert await house.images_used(PLACE) == 0
    [entry] = await logged(house)
    assert (entry.act, entry.reason) == (Act.WITHHELD, Rule.BLOCKED_TERM)


OF_PAINTING = {
    name: case.policy for name, case in cases(MODEL).items() if Stage.PAINTING in case.stages
}


@pytest.mark.parametrize("name", OF_PAINTING)
async def test_what_is_no_longer_painted_names_its_rule(house: House, name: str) -> None:
    job = await house.ask(PLACE, prompt="a wicked fox")
    house.policies.policy = OF_PAINTING[name]
    await house.finish()

    [image] = (await house.job(job)).images
    assert image.failure is not None
    [entry] = await logged(house)
    assert image.failure.detail == entry.reason


async def test_what_is_old_enough_is_forgotten(house: House) -> None:
    refused(house)
    await logged(house)
    house.clock.move(timedelta(days=181).total_seconds())

    assert await house.housekeeping.forget_acts() == 1
    assert await logged(house) == []


async def test_a_table_runs_nothing_in_a_spreadsheet(house: House) -> None:
    async with house.database.write() as tx:
        account = await tx.members.account_of(PLACE.user_id, PLACE.guild_id)
        await tx.audit.add(
            AuditEntry(
                at=house.clock.now(),
                guild_id=GUILD,
                account=account,
                act=Act.PAUSED,
                subject="=1+1",
                detail="@SUM(A1)",
                reason='+"x"',
            )
        )
        acts = await tx.audit.latest(GUILD, act=None, limit=1)
    _, line = csv_of(acts).decode().splitlines()
    assert ',\'=1+1,\'@SUM(A1),"\'+""x"""' in line
    assert f",{PLACE.user_id},<@{PLACE.user_id}>," in line
