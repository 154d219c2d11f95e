"""What shows pictures to a server again: its starboard and its contests. Part of the wiring."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.jobs.schedule import WorkKind
from bot.services.asking.intake import new_id
from bot.services.contests.contests import ContestService
from bot.services.contests.entries import ContestEntries, EntryRules
from bot.services.contests.steps import ContestSteps
from bot.services.contests.voting import ContestVoting
from bot.services.gate.channel_safety import PolicySafety
from bot.services.schedule.scheduler import Handler
from bot.services.starboard.starboard import StarboardKeeper
from bot.services.starboard.starboards import StarboardService
from bot.ui.client.audience import CachedAudience
from bot.ui.contests.messages import DiscordContests
from bot.ui.starboard.messages import DiscordStarboards
from bot.wiring.ground import Ground


@dataclass(frozen=True, slots=True)
class Showing:
    """The services, and what of them is due at a moment."""

    starboards: StarboardService
    contests: ContestService
    handlers: Mapping[WorkKind, Handler]


def build_showing(ground: Ground) -> Showing:
    """Build it; nothing of it works yet."""
    safety = PolicySafety(ground.policies)
    keeper = StarboardKeeper(
        storage=ground.database,
        messenger=DiscordStarboards(ground.connection, ground.fitter),
        pictures=ground.pictures,
        policies=ground.policies,
        rules=safety,
        audience=CachedAudience(ground.connection),
        clock=ground.clock,
    )
    starboards = StarboardService(
        storage=ground.database, policies=ground.policies, rules=safety, clock=ground.clock
    )
    contests = _contests(ground, EntryRules(safety))
    return Showing(
        starboards=starboards,
        contests=contests,
        handlers={
            WorkKind.STARBOARD: keeper.settle,
            WorkKind.STARBOARD_SWEEP: starboards.sweep,
            WorkKind.CONTEST_STEP: contests.steps.step,
        },
    )


def _contests(ground: Ground, rules: EntryRules) -> ContestService:
    storage, clock = ground.database, ground.clock
    steps = ContestSteps(
        storage=storage,
        rules=rules,
        policies=ground.policies,
        pictures=ground.pictures,
        limits=ground.limits,
        messenger=DiscordContests(ground.connection, ground.fitter),
        clock=clock,
        shuffle=secrets.SystemRandom().shuffle,
    )
    return ContestService(
        storage=storage,
        steps=steps,
        entries=ContestEntries(storage=storage, rules=rules, policies=ground.policies, clock=clock),
        voting=ContestVoting(
            storage=storage,
            rules=rules,
            policies=ground.policies,
            taking_part=ground.taking_part,
            thumbnails=ground.thumbnails,
            clock=clock,
        ),
        policies=ground.policies,
        taking_part=ground.taking_part,
        clock=clock,
        draw_id=new_id,
    )
