"""A held picture waits in the queue, or was decided on once and its member has it or is told."""

from collections import Counter

from bot.domain.jobs.job import ImageState
from bot.domain.moderation.review import AGAINST, ReviewState
from bot.ui.moderation.review_panel import APPROVE
from tests.wire.crash.findings import Findings
from tests.wire.crash.town import Place, Town, pressables


def audit_reviews(town: Town, findings: Findings, *, nonces_forgotten: bool) -> None:
    """Hold every review against the desk, the log and the picture.

    Args:
        town: where to look.
        findings: what is found.
        nonces_forgotten: whether Discord may have taken a question that was sent again for
            another one.
    """
    most = 2 if nonces_forgotten else 1
    records = town.records
    scheduled = records.scheduled()
    asked = Counter(
        button.target
        for message in town.messages(Place.DESK)
        for button in pressables(message, {APPROVE})
    )
    decisions = Counter(
        subject
        for (subject,) in records.rows(
            "SELECT subject FROM audit_log"
            " WHERE act IN ('image_approved', 'image_rejected', 'review_expired')"
        )
    )
    rows = records.rows(
        "SELECT image_id, reviews.state, images.state FROM reviews"
        " JOIN images ON images.id = image_id"
    )
    for image_id, review, image in rows:
        state, name = ReviewState(review), f"review of {image_id}"
        times = decisions[f"image {image_id}"]
        is_waiting = state is ReviewState.WAITING
        findings.expect(times == int(not is_waiting), f"{name}: {state}, decided {times} times")
        findings.expect(asked[image_id] <= most, f"{name}: asked {asked[image_id]} times")
        findings.expect(
            ImageState(image) is _image_state(state), f"{name}: {state}, its picture is {image}"
        )
        if is_waiting:
            is_asked = asked[image_id] >= 1 or ("review_posted", image_id) in scheduled
            findings.expect(is_asked, f"{name}: nobody is asked")
            ends = ("review_expires", image_id) in scheduled
            findings.expect(ends, f"{name}: it waits for ever")
        findings.looked_at[f"reviews {state}"] += 1
    held = {image_id for (image_id,) in records.rows("SELECT id FROM images WHERE state = 'held'")}
    queued = {image_id for image_id, review, _ in rows if review == ReviewState.WAITING}
    findings.expect(held == queued, f"held and in no queue, or the other way: {held ^ queued}")


def _image_state(review: ReviewState) -> ImageState:
    if review is ReviewState.WAITING:
        return ImageState.HELD
    return ImageState.REFUSED if review in AGAINST else ImageState.DELIVERED
