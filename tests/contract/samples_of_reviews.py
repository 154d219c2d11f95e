"""Samples of the messages of reviews: to moderators, to members, to those who manage a server."""

from collections.abc import Iterator
from dataclasses import replace

import discord

from bot.domain.gate.policy import SafetySignals
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.jobs.job import ImageState, JobImage
from bot.domain.moderation.audit import REASON_LIMIT
from bot.domain.moderation.review import ReviewCase, ReviewState
from bot.services.moderation.review_ports import HeldPicture, ReviewTrouble
from bot.services.ports import ShownImage
from bot.text.words import Words
from bot.ui.moderation.decision_panel import decision_panel
from bot.ui.moderation.review_modal import RejectionModal
from bot.ui.moderation.review_panel import (
    QueuePage,
    decided_in_queue_panel,
    decided_panel,
    queue_empty_panel,
    queue_panel,
    review_panel,
    trouble_panel,
)
from tests.contract.sample_values import HIGHEST_ID, LONG, WHEN, make_images, make_job, shown
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

_RULES = (
    Rule.REVIEW_ALL,
    Rule.REVIEW_FLAGGED,
    Rule.REVIEW_NEW_MEMBERS,
    Rule.SAFETY_UNKNOWN,
)


def _case(image: JobImage, **changes: object) -> ReviewCase:
    job = make_job(image)
    case = ReviewCase(
        image_id=image.id,
        job_id=job.id,
        guild_id=GuildId(HIGHEST_ID),
        channel_id=ChannelId(HIGHEST_ID),
        user_id=UserId(HIGHEST_ID),
        rule=Rule.REVIEW_NEW_MEMBERS,
        held_at=WHEN,
        expires_at=WHEN,
        reason=LONG[:REASON_LIMIT],
        decided_at=WHEN,
        decided_by=UserId(HIGHEST_ID),
    )
    return replace(case, **changes)  # type: ignore[arg-type] # fields by name


def _held() -> Iterator[tuple[HeldPicture, ShownImage | None]]:
    for blurred in (True, False, None):
        [image] = make_images(ImageState.STORED, 1)
        image = replace(image, signals=SafetySignals(blurred, blurred))
        for private in (True, False):
            job = make_job(image, private=private)
            picture = shown(job, copied=True)[0]
            for rule in _RULES:
                case = _case(image, rule=rule)
                yield HeldPicture(case, job, picture), picture
            appeal = _case(image, appealed_at=WHEN, rejected_by=UserId(HIGHEST_ID))
            yield HeldPicture(appeal, job, None), None


def _cases() -> Iterator[ReviewCase]:
    [image] = make_images(ImageState.STORED, 1)
    for state in ReviewState:
        for appealed_at in (WHEN, None):
            yield _case(image, state=state, appealed_at=appealed_at)
    yield _case(image, state=ReviewState.REJECTED, reason="")


@samples_of(review_panel)
def _(words: Words) -> Iterator[Sample]:
    for held, picture in _held():
        yield review_panel(held, picture, words)


@samples_of(queue_panel)
def _(words: Words) -> Iterator[Sample]:
    for held, picture in _held():
        for number in (1, 5_000, 9_999):
            yield queue_panel(QueuePage(held, number, 9_999), picture, words)


@samples_of(queue_empty_panel)
def _(words: Words) -> Iterator[Sample]:
    yield queue_empty_panel(words)


@samples_of(decided_panel)
def _(words: Words) -> Iterator[Sample]:
    for case in _cases():
        yield decided_panel(case, words)


@samples_of(decided_in_queue_panel)
def _(words: Words) -> Iterator[Sample]:
    for case in _cases():
        yield decided_in_queue_panel(case, words)


@samples_of(decision_panel)
def _(words: Words) -> Iterator[Sample]:
    for case in _cases():
        for can_be_appealed in (True, False):
            yield decision_panel(case, words, can_be_appealed=can_be_appealed)


@samples_of(trouble_panel)
def _(words: Words) -> Iterator[Sample]:
    for channel_id in (ChannelId(HIGHEST_ID), None):
        yield trouble_panel(ReviewTrouble(GuildId(HIGHEST_ID), channel_id, None), words)


@samples_of(RejectionModal)
def _(words: Words) -> Iterator[Sample]:
    for strike in (True, False):
        yield RejectionModal(words, strike=strike, on_reason=_nothing)


async def _nothing(interaction: discord.Interaction, reason: str) -> None:
    del interaction, reason
