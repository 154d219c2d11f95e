"""A contest's messages where the process dies between them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.domain.contests.contest import Contest, ContestId, Phase
from bot.domain.ids import ChannelId, MessageId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.media.picture_store import PictureStore
from bot.services.contests.entries import EntryRules
from bot.services.contests.ports import ContestNews
from bot.services.contests.steps import ContestSteps
from bot.services.quotas.accounts import OperatorLimits
from bot.services.quotas.limit_book import LimitBook
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.services.recording import MovablePolicies
from tests.services.test_starboard import Rules
from tests.storage.factories import SERVER

HOUR = timedelta(hours=1)


class KilledError(BaseException):
    """The process ends here."""


@dataclass
class Channel:
    """Knows a repeated announcement, as Discord does by its nonce; may be killed at a removal."""

    standing: list[Phase] = field(default_factory=list)
    kills: bool = False

    async def announce(self, news: ContestNews) -> MessageId:
        if news.contest.phase not in self.standing:
            self.standing.append(news.contest.phase)
        return MessageId(list(Phase).index(news.contest.phase) + 1)

    async def remove(self, address: MessageAddress) -> None:
        if self.kills:
            raise KilledError
        self.standing.remove(list(Phase)[address.message_id - 1])


@dataclass
class Scene:
    """A contest that nobody enters."""

    steps: ContestSteps
    channel: Channel
    clock: FakeClock
    contest: Contest


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    clock, channel = FakeClock(), Channel()
    async with Database.open(f"sqlite:///{tmp_path / 'gondola.db'}") as database:
        steps = ContestSteps(
            storage=database,
            rules=EntryRules(Rules()),
            policies=MovablePolicies(),
            pictures=PictureStore(tmp_path / "pictures", limit_bytes=1_000_000),
            limits=LimitBook(database, OperatorLimits(images_per_member=1), clock),
            messenger=channel,
            clock=clock,
            shuffle=Random(1).shuffle,  # noqa: S311 - reproducible, not secret
        )
        contest = Contest(
            id=ContestId("c1"),
            guild_id=SERVER,
            channel_id=ChannelId(5),
            opened_by=UserId(1),
            theme="foxes",
            words=(),
            entries_of_member=1,
            prize=None,
            opened_at=clock.now(),
            submit_until=clock.now() + HOUR,
            vote_until=clock.now() + 2 * HOUR,
        )
        async with database.write() as tx:
            await tx.contests.add(contest)
        yield Scene(steps, channel, clock, contest)


async def test_killed_before_a_former_phase_was_taken_down_it_goes_the_next_time(
    scene: Scene,
) -> None:
    await scene.steps.step(scene.contest.id)
    scene.clock.move(HOUR.total_seconds())
    scene.channel.kills = True
    with pytest.raises(KilledError):
        await scene.steps.step(scene.contest.id)
    scene.channel.kills = False

    await scene.steps.step(scene.contest.id)

    assert scene.channel.standing == [Phase.TOO_FEW]
