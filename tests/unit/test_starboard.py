"""What is to be done about a picture and the starboard."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gate.policy import SafetySignals
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId
from bot.domain.jobs.job import ImageState, MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.library.showing import fits_safe_mode, shown_to_others
from bot.domain.starboard import (
    EDIT_EVERY,
    PostState,
    Starboard,
    StarPost,
    Stars,
    Step,
    edit_due_at,
    next_step,
)
from tests.storage.factories import make_image, make_job, make_origin, make_recipe, make_request

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
BOARD = Starboard(guild_id=GuildId(1), channel_id=ChannelId(2), threshold=3)
PICTURE = StoredPicture(sha256="00", content_type="image/webp", size_bytes=1)
SAFE = SafetySignals(blurred=False, content_violation=False)


def post(state: PostState) -> StarPost:
    return StarPost(
        image_id=ImageId("image"),
        guild_id=GuildId(1),
        channel_id=ChannelId(2),
        origin=MessageAddress(channel_id=ChannelId(3), message_id=MessageId(4)),
        state=state,
        safe=True,
        since=NOW,
    )


posts = st.sampled_from([None, *(post(state) for state in PostState)])
stars = st.builds(Stars, st.integers(0, 9), st.integers(0, 9_000))
boards = st.sampled_from([None, BOARD])


class TestTheNextStep:
    @given(board=boards, standing=posts, given_stars=stars)
    def test_what_may_not_be_shown_is_never_posted(
        self, board: Starboard | None, standing: StarPost | None, given_stars: Stars
    ) -> None:
        step = next_step(board, standing, given_stars, presentable=False)

        assert step in {Step.TAKE_DOWN, Step.NOTHING}

    @given(board=boards, given_stars=stars, presentable=st.booleans())
    def test_what_a_moderator_took_off_never_comes_back(
        self, board: Starboard | None, given_stars: Stars, *, presentable: bool
    ) -> None:
        dismissed = post(PostState.DISMISSED)

        assert next_step(board, dismissed, given_stars, presentable=presentable) is Step.NOTHING

    @given(given_stars=stars)
    def test_a_new_picture_needs_a_starboard_and_the_weight(self, given_stars: Stars) -> None:
        step = next_step(BOARD, None, given_stars, presentable=True)

        assert (step is Step.POST) is (given_stars.weight >= 3_000)
        assert next_step(None, None, given_stars, presentable=True) is Step.NOTHING

    @given(board=boards, given_stars=stars)
    def test_what_is_posted_stays_whatever_its_votes(
        self, board: Starboard | None, given_stars: Stars
    ) -> None:
        step = next_step(board, post(PostState.POSTED), given_stars, presentable=True)

        assert step is Step.KEEP_IN_STEP

    def test_what_waits_in_vain_waits_no_longer(self) -> None:
        waiting = post(PostState.WAITING)
        enough = Stars(3, 3_000)
        assert next_step(BOARD, waiting, enough, presentable=True) is Step.POST
        assert next_step(BOARD, waiting, Stars(), presentable=True) is Step.TAKE_DOWN
        assert next_step(None, waiting, enough, presentable=True) is Step.TAKE_DOWN
        assert next_step(BOARD, waiting, enough, presentable=False) is Step.TAKE_DOWN

    def test_what_was_begun_is_brought_to_its_end(self) -> None:
        none = Stars()
        assert next_step(None, post(PostState.POSTING), none, presentable=True) is Step.POST
        assert next_step(None, post(PostState.REMOVING), none, presentable=True) is Step.TAKE_DOWN


def test_a_count_is_edited_at_most_once_in_ten_seconds() -> None:
    posted = post(PostState.POSTED)
    assert edit_due_at(posted, NOW) == NOW
    edited = replace(posted, edited_at=NOW)
    assert edit_due_at(edited, NOW + timedelta(seconds=3)) == NOW + EDIT_EVERY
    late = NOW + timedelta(minutes=3)
    assert edit_due_at(edited, late) == late


def test_each_posting_has_a_name_of_its_own_within_discords_limit() -> None:
    first = replace(post(PostState.POSTING), image_id=ImageId("f" * 16))
    assert first.nonce != replace(first, times=2).nonce
    assert len(replace(first, times=999).nonce) <= 25


class TestWhatMayBeShown:
    IMAGE = make_image(picture=PICTURE, signals=SAFE)

    def test_a_picture_of_a_public_result_is(self) -> None:
        image = replace(self.IMAGE, state=ImageState.DELIVERED)
        assert shown_to_others(make_job(images=(image,)), image.id) == image

    @pytest.mark.parametrize(
        "changes",
        [
            {"request": make_request(private=True)},
            {"deleted_at": NOW},
            {"origin": make_origin(guild_id=None)},
            {"images": (make_image(),)},
        ],
    )
    def test_nothing_private_deleted_or_unpainted_is(self, changes: dict[str, object]) -> None:
        image = replace(self.IMAGE, state=ImageState.DELIVERED)
        job = make_job(**({"images": (image,)} | changes))
        assert shown_to_others(job, image.id) is None
        assert shown_to_others(None, image.id) is None

    @pytest.mark.parametrize(
        ("signals", "safe_mode", "restricted", "fits"),
        [
            (SAFE, True, False, True),
            (SAFE, True, True, False),
            (SAFE, False, False, False),
            (SafetySignals(), True, False, False),
            (SafetySignals(blurred=True, content_violation=False), True, False, False),
        ],
    )
    def test_safe_mode_takes_what_is_on_record_as_safe(
        self, signals: SafetySignals, *, safe_mode: bool, restricted: bool, fits: bool
    ) -> None:
        job = make_job(recipe=make_recipe(safe_mode=safe_mode))
        image = make_image(signals=signals)
        assert fits_safe_mode(job, image, from_age_restricted=restricted) is fits
