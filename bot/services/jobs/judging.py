"""The gate's word on each painted picture, and what moderators have decided on those it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from bot.domain.asking.any_recipe import AnyRecipe
from bot.domain.gate.policy import Decision, Hold, Refuse, decide
from bot.domain.gate.rule import Rule
from bot.domain.ids import ImageId
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure, prevented_by
from bot.domain.jobs.job import ImageState, Job, JobImage
from bot.domain.moderation.review import (
    AGAINST,
    ReviewCase,
    ReviewState,
    awaits_delivery,
    was_not_released,
)
from bot.services.gate.log import GateLog
from bot.services.ports import Policies
from bot.services.storage_ports import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Judged:
    """A job whose images are as they were judged.

    Attributes:
        job: with the images as they end, if they can be shown.
        holding: the images that wait for a moderator, and the rule by which each does.
        newly_held: those of them that have not waited before.
        released: images that moderators let be shown, also those that are lost since.
        moved: the images that come to their end, or are held, by this delivery.
        ended_before: those of them that had an end: an appeal was granted.
        is_again: whether there was a delivery before.
    """

    job: Job
    holding: Mapping[ImageId, Rule]
    newly_held: frozenset[ImageId]
    released: frozenset[ImageId]
    moved: frozenset[ImageId]
    ended_before: frozenset[ImageId]
    is_again: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The cases of a job's images, and whether moderators let be shown what it is shared from."""

    cases: Mapping[ImageId, ReviewCase] = field(default_factory=dict)
    seen_before: bool = False


async def reviewed(tx: Transaction, job: Job) -> Reviewed:
    """What moderators have looked at of a job."""
    cases = {case.image_id: case for case in await tx.reviews.of_job(job.id)}
    origins = [image.parent for image in job.images if job.shared and image.parent]
    parents = [case for each in origins if (case := await tx.reviews.get(each))]
    return Reviewed(cases, any(case.state is ReviewState.APPROVED for case in parents))


async def reviewed_before(storage: Storage, job: Job) -> Reviewed:
    """What moderators have looked at of a job that was claimed to be delivered.

    Nothing is held before a delivery, so that nobody has looked at what has had none.
    """
    if job.is_claimed_first and not job.shared:
        return Reviewed()
    return await storage.read_at_once(partial(reviewed, job=job))


class Judge:
    """Judges the pictures of a job."""

    def __init__(self, *, policies: Policies, gate_log: GateLog) -> None:
        self._policies = policies
        self._gate_log = gate_log

    def judge(self, job: Job, looked_at: Reviewed) -> Judged:
        """Ask the gate about what was painted, now that its safety signals are known."""
        cases = looked_at.cases
        holding: dict[ImageId, Rule] = {}
        images = tuple(
            self._judged(
                job, image, cases.get(image.id), holding, seen_before=looked_at.seen_before
            )
            for image in job.images
        )
        former = {image.id: image.state for image in job.images}
        changed = frozenset(image.id for image in images if image.state is not former[image.id])
        return Judged(
            job=replace(job, images=images),
            holding=holding,
            newly_held=frozenset(holding) & changed,
            released=frozenset(
                image.id
                for image in images
                if image.id in changed and image.state is ImageState.STORED
            ),
            moved=changed if cases else frozenset(former),
            ended_before=frozenset(
                image.id for image in job.images if image.id in changed and was_not_released(image)
            ),
            is_again=bool(cases),
        )

    def _judged(
        self,
        job: Job,
        image: JobImage,
        case: ReviewCase | None,
        holding: dict[ImageId, Rule],
        *,
        seen_before: bool,
    ) -> JobImage:
        """An image as it is to be; what is held is added to `holding`."""
        if case is not None and awaits_delivery(image, case):
            return self._after_review(job, image, case)
        if image.state is ImageState.HELD:
            holding[image.id] = case.rule if case is not None else Rule.HELD_FOR_REVIEW
            return image
        if image.state is not ImageState.STORED:
            return image
        decision = self._decide(job, image, image.enhanced_prompt)
        if isinstance(decision, Refuse):
            return self._refused(job, image, decision.rule)
        if isinstance(decision, Hold) and not seen_before:
            holding[image.id] = decision.rule
            return replace(image, state=ImageState.HELD)
        return image

    def _after_review(self, job: Job, image: JobImage, case: ReviewCase) -> JobImage:
        """What moderators let be shown is still held to what the rules are now."""
        if case.state in AGAINST:
            failure = ImageFailure(FailureReason.NOT_RELEASED, Billing.BILLED)
            return replace(image, state=ImageState.REFUSED, failure=failure)
        painted = replace(image, state=ImageState.STORED, failure=None)
        decision = self._decide(job, painted, image.enhanced_prompt)
        if isinstance(decision, Refuse):
            return self._refused(job, painted, decision.rule)
        return painted

    def _refused(self, job: Job, image: JobImage, rule: Rule) -> JobImage:
        self._gate_log.withheld(job, rule)
        as_written = self._decide(job, image, None)
        if image.signals.content_violation:
            failure = ImageFailure(FailureReason.CONTENT_VIOLATION, Billing.NOT_BILLED)
        elif isinstance(as_written, Refuse):
            failure = ImageFailure(prevented_by(rule), Billing.BILLED, rule)
        else:
            failure = ImageFailure(FailureReason.REWRITTEN, Billing.BILLED, rule)
        # What was written in the member's name is not kept where it may not stand.
        return replace(image, state=ImageState.REFUSED, failure=failure, enhanced_prompt=None)

    def _decide(self, job: Job, image: JobImage, rewritten: str | None) -> Decision[AnyRecipe]:
        policy = self._policies.of_place(job.origin.guild_id, job.origin.channel_id)
        requester = job.origin.requester
        return decide(policy, requester, job.recipe, image.signals, rewritten=rewritten)
