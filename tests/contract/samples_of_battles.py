"""Samples of the messages of battles; see `message_samples`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.asking.pending import PendingRequest
from bot.domain.asking.prompt import BOT_PROMPT_LIMIT
from bot.domain.battles.battle import (
    MOST_MINUTES,
    MOST_VOTES,
    Battle,
    BattleState,
    CallOff,
    Count,
    Side,
)
from bot.domain.battles.rating import Shift
from bot.domain.ids import BattleId, ChannelId, GuildId, ImageId, JobId, MessageId, UserId
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, ReplyAddress
from bot.domain.money import UsdMicros
from bot.domain.ranking.bradley_terry import Rating
from bot.domain.styles.server_style import MAX_STYLE_NAME
from bot.services.battles.battles import BattleQuestion
from bot.services.battles.plans import UnguidedStyle
from bot.services.battles.ports import BattleEnd, Contender
from bot.text.words import Words
from bot.ui.battles.panel import (
    battle_question,
    battle_started,
    called_off_battle,
    closed_battle,
    open_battle,
    painting_battle,
)
from tests.contract.sample_values import HIGHEST_ID, full_quota, make_images, make_job
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

WHEN = datetime(2026, 5, 4, tzinfo=UTC)
LONGEST_NAME = "*" * MAX_STYLE_NAME
FILES = ("gondola-0123456789abcdef-small.webp", "gondola-fedcba9876543210-small.webp")
BATTLE = Battle(
    id=BattleId("9" * 20),
    guild_id=GuildId(HIGHEST_ID),
    channel_id=ChannelId(HIGHEST_ID),
    starter_id=UserId(HIGHEST_ID),
    locale="de",
    prompt="*" * BOT_PROMPT_LIMIT,
    style_a="server:0123456789abcdef",
    style_b="preset:Watercolor",
    minutes=MOST_MINUTES,
    votes_wanted=MOST_VOTES,
    created_at=WHEN,
    state=BattleState.OPEN,
    closes_at=WHEN,
)


@samples_of(battle_question)
def _(words: Words) -> Iterator[Sample]:
    pending = PendingRequest(
        id=BATTLE.id,
        user_id=BATTLE.starter_id,
        requests=(),
        parent=None,
        question=ReplyAddress(
            application_id=HIGHEST_ID, token="t" * 200, message_id=MessageId(1), expires_at=WHEN
        ),
        expires_at=WHEN,
    )
    names = (LONGEST_NAME, LONGEST_NAME)
    for battle, price in (
        (BATTLE, UsdMicros(999_999_999)),
        (replace(BATTLE, prompt="a fox", votes_wanted=None), None),
    ):
        question = BattleQuestion(pending, battle, names, price, full_quota())
        yield battle_question(question, words)
        unguided = (UnguidedStyle(LONGEST_NAME, "m" * 60),) * 2
        yield battle_question(replace(question, unguided=unguided), words)


@samples_of(battle_started)
def _(words: Words) -> Iterator[Sample]:
    yield battle_started(words)


@samples_of(painting_battle)
def _(words: Words) -> Iterator[Sample]:
    yield painting_battle(BATTLE, words)


@samples_of(open_battle)
def _(words: Words) -> Iterator[Sample]:
    images = ("0123456789abcdef", "fedcba9876543210")
    yield open_battle(BATTLE, FILES, images, words)
    yield open_battle(replace(BATTLE, votes_wanted=None), FILES, images, words)


@samples_of(closed_battle)
def _(words: Words) -> Iterator[Sample]:
    rating = Rating(-9.99, 2.0)
    contenders = [
        Contender(
            side,
            LONGEST_NAME,
            replace(make_job(*make_images(ImageState.DELIVERED, 1)), id=JobId(f"job-{side}")),
            Shift(rating, rating),
        )
        for side in Side
    ]
    # Their images have ids of their own, as all images have.
    contenders[1] = replace(
        contenders[1],
        job=replace(
            contenders[1].job,
            images=tuple(
                replace(image, id=ImageId(f"{image.id}-b")) for image in contenders[1].job.images
            ),
        ),
    )
    for count, files in (
        (Count(99_999, 99_999, 99_999_000, 1), FILES),
        (Count(1, 1, 500, 500), ()),
        (Count(), FILES),
    ):
        battle = replace(BATTLE, state=BattleState.CLOSED, count=count)
        yield closed_battle(BattleEnd(battle, (contenders[0], contenders[1])), files, words)


@samples_of(called_off_battle)
def _(words: Words) -> Iterator[Sample]:
    failure = ImageFailure(FailureReason.REJECTED, Billing.MAYBE_BILLED, "*" * 2_000)
    for cause in CallOff:
        battle = replace(BATTLE, state=BattleState.CALLED_OFF, call_off=cause)
        yield called_off_battle(battle, words)
        yield called_off_battle(replace(battle, failure=failure), words)
