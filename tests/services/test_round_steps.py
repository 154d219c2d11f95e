"""What a round does by itself, done twice, done late, and done while Discord fails."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, UserId
from bot.domain.jobs.job import ImageState
from bot.domain.jobs.schedule import WorkKind
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.moderation.audit import Act
from bot.domain.preferences.defaults import DefaultsScope
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.domain.rounds.style_round import Ballot, Phase, StyleRound, opened
from bot.domain.styles.merging import Merge
from bot.domain.styles.server_style import StyleDraft
from bot.media.thumbnails import ThumbnailStore
from bot.services.ports import DeliveryDelayedError, UndeliverableError
from bot.services.rounds.desk import schedule_phase
from bot.services.rounds.ports import RoundStanding
from bot.services.rounds.steps import RoundSteps
from bot.services.rounds.view import RoundView
from bot.services.rounds.winners import RoundWinners
from bot.services.schedule.scheduler import Scheduler
from tests.services.house import House, make_place
from tests.storage.factories import keep_styles
from tests.unit.rounds.values import make_plan, make_proposal, make_round

DAY = timedelta(days=1)
PLACE = make_place()
CHANNEL = PLACE.channel_id


@dataclass
class RoundChannel:
    """A round's channel, which can be out of reach for a while, or gone."""

    told: list[tuple[str, RoundStanding]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    async def tell_voting(self, standing: RoundStanding) -> None:
        self._hear("voting", standing)

    async def tell_result(self, standing: RoundStanding) -> None:
        self._hear("result", standing)

    async def remind(self, standing: RoundStanding) -> None:
        self._hear("reminder", standing)

    def _hear(self, what: str, standing: RoundStanding) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.told.append((what, standing))

    def heard(self) -> list[str]:
        return [what for what, _ in self.told]


def steps_of(house: House, channel: RoundChannel, folder: Path) -> RoundSteps:
    thumbnails = ThumbnailStore(folder, path_of=house.pictures.path_of, limit_bytes=1_000)
    return RoundSteps(
        storage=house.database,
        winners=RoundWinners(
            storage=house.database,
            styles=house.styles,
            catalogue=house.catalogue,
            policies=house.policies,
            clock=house.clock,
        ),
        view=RoundView(storage=house.database, policies=house.policies, thumbnails=thumbnails),
        messenger=channel,
        styles=house.styles,
        preferences=house.preferences,
        policies=house.policies,
        clock=house.clock,
    )


def scheduler_of(house: House, steps: RoundSteps) -> Scheduler:
    return Scheduler(storage=house.database, clock=house.clock, handlers=steps.handlers())


@pytest.fixture
def channel() -> RoundChannel:
    return RoundChannel()


@pytest.fixture
def steps(house: House, channel: RoundChannel, tmp_path: Path) -> RoundSteps:
    return steps_of(house, channel, tmp_path / "thumbnails")


@pytest.fixture
def scheduler(house: House, steps: RoundSteps) -> Scheduler:
    return scheduler_of(house, steps)


async def begin(house: House, *names: str, **plan: object) -> StyleRound:
    """A round that was opened now, with these styles proposed."""
    style_round = opened(
        make_round().id,
        make_plan(sets_default=True, **plan),
        guild_id=GuildId(70),
        channel_id=ChannelId(CHANNEL),
        by=UserId(1),
        now=house.clock.now(),
    )
    job = await shown_job(house)
    async with house.database.write() as tx:
        assert await tx.rounds.add(style_round)
        await schedule_phase(tx, style_round, begins=house.clock.now())
        for number, name in enumerate(names, start=1):
            proposal = make_proposal(number, draft=StyleDraft(name=name, template="{prompt}"))
            await tx.rounds.put_proposal(replace(proposal, image_id=job, round_id=style_round.id))
    return style_round


async def shown_job(house: House) -> ImageId:
    job = await house.ask(PLACE, key="example")
    image = replace(
        job.images[0],
        state=ImageState.DELIVERED,
        picture=StoredPicture(sha256="0" * 64, content_type="image/png", size_bytes=1),
    )
    async with house.database.write() as tx:
        await tx.jobs.save_image(JobId(job.id), image, fence=job.fence)
    return image.id


async def vote(house: House, style_round: StyleRound, ballots: Sequence[Ballot]) -> None:
    async with house.database.write() as tx:
        for ballot in ballots:
            await tx.rounds.put_ballot(style_round.id, ballot)


async def look_after(house: House, scheduler: Scheduler, ahead: timedelta) -> None:
    house.clock.move(ahead.total_seconds())
    await scheduler.look()


async def round_now(house: House, style_round: StyleRound) -> StyleRound:
    async with house.database.read() as tx:
        found = await tx.rounds.get(style_round.id)
    assert found is not None
    return found


FOR_EMBER = [Ballot(UserId(21), (2,), 1_000), Ballot(UserId(22), (2,), 500)]


async def test_each_phase_is_told_once_however_often_it_is_looked_at(
    house: House, channel: RoundChannel, steps: RoundSteps, scheduler: Scheduler
) -> None:
    style_round = await begin(house, "Frost", "Ember")
    await look_after(house, scheduler, 3 * DAY)
    await look_after(house, scheduler, DAY)
    await steps.step(style_round.id)
    await vote(house, style_round, FOR_EMBER)
    await look_after(house, scheduler, 2 * DAY)
    await look_after(house, scheduler, DAY)
    for _ in range(2):
        await steps.step(style_round.id)
        await steps.remind(style_round.id)
        await look_after(house, scheduler, DAY)

    assert channel.heard() == ["reminder", "voting", "reminder", "result"]
    assert (await round_now(house, style_round)).phase is Phase.CLOSED


async def test_two_processes_tell_and_count_once(
    house: House, channel: RoundChannel, tmp_path: Path
) -> None:
    style_round = await begin(house, "Frost", "Ember")
    both = [scheduler_of(house, steps_of(house, channel, tmp_path / name)) for name in "ab"]
    house.clock.move((4 * DAY).total_seconds())
    await asyncio.gather(*(each.look() for each in both))
    await vote(house, style_round, FOR_EMBER)
    house.clock.move((3 * DAY).total_seconds())
    await asyncio.gather(*(each.look() for each in both))

    assert [what for what in channel.heard() if what != "reminder"] == ["voting", "result"]
    assert [style.name for style in house.styles.offered(GuildId(70))] == ["Ember"]


async def test_what_discord_did_not_take_is_told_later_and_counted_once(
    house: House, channel: RoundChannel, scheduler: Scheduler
) -> None:
    style_round = await begin(house, "Frost", "Ember")
    channel.failures = [DeliveryDelayedError("down")]
    await look_after(house, scheduler, 4 * DAY)
    assert "voting" not in channel.heard()
    await look_after(house, scheduler, timedelta(minutes=1))
    assert channel.heard()[-1] == "voting"

    await vote(house, style_round, FOR_EMBER)
    channel.failures = [DeliveryDelayedError("down")] * 2
    await look_after(house, scheduler, 4 * DAY)
    counted = (await round_now(house, style_round)).result
    assert counted is not None
    for _ in range(3):
        await look_after(house, scheduler, timedelta(hours=1))

    assert channel.heard().count("result") == 1
    assert (await round_now(house, style_round)).result == counted
    assert len(house.styles.of_server(GuildId(70))) == 1


async def test_a_channel_that_is_gone_does_not_stop_its_round(
    house: House, channel: RoundChannel, scheduler: Scheduler
) -> None:
    style_round = await begin(house, "Frost", "Ember")
    channel.failures = [UndeliverableError("gone")] * 4
    await look_after(house, scheduler, 4 * DAY)
    await vote(house, style_round, FOR_EMBER)
    await look_after(house, scheduler, 3 * DAY)

    assert (await round_now(house, style_round)).phase is Phase.CLOSED
    assert [style.name for style in house.styles.offered(GuildId(70))] == ["Ember"]


async def test_winners_are_offered_for_their_weeks_and_are_the_default_as_long(
    house: House, channel: RoundChannel, scheduler: Scheduler
) -> None:
    style_round = await begin(house, "Frost", "Ember", weeks=2)
    await look_after(house, scheduler, 4 * DAY)
    await vote(house, style_round, FOR_EMBER)
    await look_after(house, scheduler, 3 * DAY)
    [winner] = house.styles.offered(GuildId(70))
    assert winner.offered_until == house.clock.now() + timedelta(weeks=2)
    assert default_style(house) == "Ember"

    await look_after(house, scheduler, timedelta(weeks=2))

    assert house.styles.offered(GuildId(70)) == []
    assert default_style(house) is None
    async with house.database.write() as tx:
        due = await tx.schedule.take_due(
            frozenset(WorkKind), now=house.clock.now(), until=house.clock.now(), limit=9
        )
    assert due == []
    assert "result" in channel.heard()
    async with house.database.read() as tx:
        acts = [
            *await tx.audit.latest(GuildId(70), act=Act.STYLE_ADDED, limit=9),
            *await tx.audit.latest(GuildId(70), act=Act.STYLE_RETIRED, limit=9),
        ]
    assert [(each.entry.subject, each.entry.account) for each in acts] == [
        ("Ember", BOT_ACCOUNT)
    ] * 2


async def test_a_default_that_was_merged_outlives_the_weeks_of_its_winner(
    house: House, channel: RoundChannel, scheduler: Scheduler
) -> None:
    style_round = await begin(house, "Frost", "Ember", weeks=2)
    await look_after(house, scheduler, 4 * DAY)
    await vote(house, style_round, FOR_EMBER)
    await look_after(house, scheduler, 3 * DAY)
    [winner] = house.styles.offered(GuildId(70))
    lasting = replace(
        winner,
        id="lasting",
        draft=StyleDraft(name="Glow", template="{prompt}, glow"),
        offered_until=None,
    )
    await keep_styles(house.database, house.styles, lasting)
    async with house.database.write() as tx:
        await tx.merges.merge(Merge(winner, lasting))

    await look_after(house, scheduler, timedelta(weeks=2))

    assert [style.name for style in house.styles.offered(GuildId(70))] == ["Glow"]
    assert default_style(house) == "Ember"
    assert house.styles.find(GuildId(70), "Ember") == lasting
    assert "result" in channel.heard()


async def test_nobody_wins_without_a_vote_that_counts(
    house: House, channel: RoundChannel, scheduler: Scheduler
) -> None:
    style_round = await begin(house, "Frost", "Ember")
    await look_after(house, scheduler, 4 * DAY)
    await vote(house, style_round, [Ballot(UserId(21), (1,), 0)])
    await look_after(house, scheduler, 3 * DAY)

    result = (await round_now(house, style_round)).result
    assert result is not None
    assert (result.ballots, result.winners) == (1, ())
    assert channel.heard()[-1] == "result"
    assert default_style(house) is None


def default_style(house: House) -> str | None:
    return house.preferences.defaults_of(DefaultsScope.CHANNEL, CHANNEL).options.style
