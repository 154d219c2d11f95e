"""A result's own rules: which pictures it shows, what a deletion leaves, who sees its ancestors."""

from dataclasses import replace

import pytest

from bot.domain.errors import ReasonEmpty
from bot.domain.ids import ChannelId, MessageId
from bot.domain.jobs.failure import FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.library.lineage import Ancestor, Sight, ancestor
from bot.domain.moderation.report import REASON_LIMIT, clean_reason
from tests.clock import NOON
from tests.paintings import asked, painted_by
from tests.unit.test_job import make_image, make_job
from tests.unit.test_permissions import ALICE, BOB, SERVER, make_actor, make_result

PICTURE = StoredPicture(sha256="ab" * 32, content_type="image/webp", size_bytes=1)
SHOWN = MessageAddress(channel_id=ChannelId(2), message_id=MessageId(3))


def test_a_result_shows_what_was_kept_and_not_refused() -> None:
    stored = make_image(0, state=ImageState.STORED, picture=PICTURE)
    refused = make_image(1, state=ImageState.REFUSED, picture=PICTURE)
    delivered = make_image(2, state=ImageState.DELIVERED, picture=PICTURE)
    failed = make_image(3, state=ImageState.FAILED)

    assert make_job(stored, refused, delivered, failed).pictures == (stored, delivered)


def test_a_deletion_leaves_no_words_and_no_pictures() -> None:
    quoting = ImageFailure(FailureReason.REJECTED, detail="“a lighthouse” is not allowed")
    job = make_job(
        make_image(
            0,
            state=ImageState.DELIVERED,
            picture=PICTURE,
            enhanced_prompt="a lighthouse in thick fog",
        ),
        make_image(1, state=ImageState.FAILED, failure=quoting),
    )
    job = replace(
        job,
        request=replace(asked(job), negative="ships"),
        recipe=replace(painted_by(job), negative="ships"),
    )

    wiped = job.wiped(NOON)

    assert "lighthouse" not in f"{wiped}"
    assert "ships" not in f"{wiped}"
    assert wiped.pictures == ()
    assert wiped.deleted_at == NOON
    assert [image.seed for image in wiped.images] == [image.seed for image in job.images]


@pytest.mark.parametrize(
    ("reason", "kept"),
    [("  it shows me ", "it shows me"), ("x" * (REASON_LIMIT + 1), "x" * REASON_LIMIT)],
)
def test_a_reason_is_kept_without_its_blanks(reason: str, kept: str) -> None:
    assert clean_reason(reason) == kept


def test_a_report_needs_a_reason() -> None:
    with pytest.raises(ReasonEmpty):
        clean_reason(" \n ")


def test_an_ancestor_is_seen_as_far_as_its_result_is() -> None:
    image = make_image()
    public = replace(make_result(), shown=SHOWN)
    private = replace(make_result(private=True), shown=SHOWN)

    assert ancestor(public, image, make_actor(BOB)) == Ancestor(
        Sight.OPEN, SERVER, image.seed, SHOWN
    )
    assert ancestor(private, image, make_actor(BOB)) == Ancestor(Sight.HIDDEN)
    assert ancestor(private, image, make_actor(ALICE)) == Ancestor(
        Sight.OWN_PRIVATE, seed=image.seed
    )
    assert ancestor(public.wiped(NOON), image, make_actor(ALICE)) == Ancestor(Sight.DELETED)
