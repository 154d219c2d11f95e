from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gate.channel_rules import ChannelSettings, Review, UnknownSignals, strictest
from bot.domain.gate.holding import NEW_FOR, Look, held_by, is_new_member, rules_that_may_hold
from bot.domain.gate.policy import Hold, PolicySnapshot, Refuse, Requester, SafetySignals, decide
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, GuildId, ImageId, JobId, UserId
from bot.domain.jobs.failure import FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, JobImage, JobState, outcome
from bot.domain.moderation.errors import (
    AnotherModeratorNeeded,
    DecidedAlready,
    NoAppeal,
    OwnPictureHeld,
)
from bot.domain.moderation.review import (
    AGAINST,
    APPEAL_WITHIN,
    ReviewCase,
    ReviewState,
    awaits_delivery,
    can_be_appealed,
    check_appeal,
    check_decision,
)
from tests.contract.sample_values import WHEN as NOW
from tests.storage.factories import make_recipe

ALICE, MONA, OTTO = UserId(7), UserId(8), UserId(9)
FOUND_NOTHING = SafetySignals(blurred=False, content_violation=False)
BLURRED = SafetySignals(blurred=True, content_violation=False)

looks = st.builds(
    Look,
    by_moderator=st.booleans(),
    by_new_member=st.booleans(),
    flagged=st.booleans(),
    vouched_for=st.booleans(),
)
signals = st.builds(
    SafetySignals,
    blurred=st.none() | st.booleans(),
    content_violation=st.none() | st.booleans(),
)


def make_case(**overrides: object) -> ReviewCase:
    case = ReviewCase(
        image_id=ImageId("image"),
        job_id=JobId("job"),
        guild_id=GuildId(70),
        channel_id=ChannelId(700),
        user_id=ALICE,
        rule=Rule.REVIEW_ALL,
        held_at=NOW,
        expires_at=NOW + timedelta(hours=24),
    )
    return replace(case, **overrides)  # type: ignore[arg-type] # fields by name


def make_image(state: ImageState, reason: FailureReason | None = None) -> JobImage:
    failure = ImageFailure(reason) if reason is not None else None
    return JobImage(id=ImageId("image"), position=0, seed=1, state=state, failure=failure)


@given(st.sampled_from(Review), st.sampled_from(UnknownSignals), looks, st.booleans())
def test_moderators_pictures_are_never_held(
    review: Review, unknown: UnknownSignals, look: Look, safe_mode: bool
) -> None:
    own = replace(look, by_moderator=True)
    assert held_by(review, unknown, own, safe_mode=safe_mode) is None


@given(st.sampled_from(Review), st.sampled_from(UnknownSignals), looks, st.booleans())
def test_a_picture_is_held_by_a_rule_that_was_explained_to_its_member(
    review: Review, unknown: UnknownSignals, look: Look, safe_mode: bool
) -> None:
    explained = rules_that_may_hold(
        review,
        unknown,
        by_moderator=look.by_moderator,
        by_new_member=look.by_new_member,
        safe_mode=safe_mode,
    )
    assert held_by(review, unknown, look, safe_mode=safe_mode) in (*explained, None)


def test_only_rules_that_can_hold_a_members_pictures_are_explained_to_them() -> None:
    hold = UnknownSignals.HOLD
    guest = {"by_moderator": False, "by_new_member": True, "safe_mode": True}
    regular = {**guest, "by_new_member": False}
    assert rules_that_may_hold(Review.NEW_MEMBERS, hold, **guest) == (Rule.REVIEW_NEW_MEMBERS,)
    assert rules_that_may_hold(Review.NEW_MEMBERS, hold, **regular) == (Rule.SAFETY_UNKNOWN,)
    both = (Rule.REVIEW_FLAGGED, Rule.SAFETY_UNKNOWN)
    assert rules_that_may_hold(Review.FLAGGED, hold, **regular) == both
    assert rules_that_may_hold(Review.NONE, UnknownSignals.SHOW, **guest) == ()


@given(st.sampled_from(Review), st.sampled_from(UnknownSignals), looks, st.booleans())
def test_a_channel_that_reviews_all_holds_what_any_other_setting_holds(
    review: Review, unknown: UnknownSignals, look: Look, safe_mode: bool
) -> None:
    if held_by(review, unknown, look, safe_mode=safe_mode) is not None:
        assert held_by(Review.ALL, unknown, look, safe_mode=safe_mode) is Rule.REVIEW_ALL


@given(looks, st.booleans())
def test_unknown_signals_hold_only_in_safe_channels_that_say_so(
    look: Look, safe_mode: bool
) -> None:
    assert held_by(Review.NONE, UnknownSignals.SHOW, look, safe_mode=safe_mode) is None
    held = held_by(Review.NONE, UnknownSignals.HOLD, look, safe_mode=safe_mode)
    is_asked = safe_mode and not look.vouched_for and not look.by_moderator
    assert held == (Rule.SAFETY_UNKNOWN if is_asked else None)


@given(st.sampled_from(Review), st.sampled_from(UnknownSignals), signals, st.booleans())
def test_a_violation_is_refused_and_never_held(
    review: Review, unknown: UnknownSignals, said: SafetySignals, is_new: bool
) -> None:
    policy = PolicySnapshot(review=review, unknown_signals=unknown)
    requester = Requester(ALICE, GuildId(70), by_new_member=is_new)
    violation = replace(said, content_violation=True)
    assert decide(policy, requester, make_recipe(), violation) == Refuse(Rule.CONTENT_VIOLATION)


@pytest.mark.parametrize(
    ("review", "said", "is_new", "rule"),
    [
        (Review.NONE, BLURRED, True, None),
        (Review.FLAGGED, BLURRED, False, Rule.REVIEW_FLAGGED),
        (Review.FLAGGED, FOUND_NOTHING, True, None),
        (Review.NEW_MEMBERS, FOUND_NOTHING, True, Rule.REVIEW_NEW_MEMBERS),
        (Review.NEW_MEMBERS, BLURRED, False, None),
        (Review.ALL, FOUND_NOTHING, False, Rule.REVIEW_ALL),
    ],
)
def test_the_gate_holds_what_the_channel_reviews(
    review: Review, said: SafetySignals, is_new: bool, rule: Rule | None
) -> None:
    requester = Requester(ALICE, GuildId(70), by_new_member=is_new)
    decision = decide(PolicySnapshot(review=review), requester, make_recipe(), said)
    assert (decision.rule if isinstance(decision, Hold) else None) == rule


def test_nothing_is_held_before_it_is_painted_nor_in_direct_messages() -> None:
    policy = PolicySnapshot(review=Review.ALL)
    assert not isinstance(decide(policy, Requester(ALICE, GuildId(70)), make_recipe()), Hold)
    alone = Requester(ALICE, None)
    assert not isinstance(decide(policy, alone, make_recipe(), FOUND_NOTHING), Hold)


def test_members_are_new_for_a_week_and_while_discord_does_not_say() -> None:
    assert is_new_member(None, now=NOW)
    assert is_new_member(NOW - NEW_FOR + timedelta(seconds=1), now=NOW)
    assert not is_new_member(NOW - NEW_FOR, now=NOW)


@given(st.lists(st.builds(ChannelSettings, review=st.none() | st.sampled_from(Review)), max_size=4))
def test_a_place_under_several_channels_holds_what_any_of_them_holds(
    said: list[ChannelSettings],
) -> None:
    together = strictest(said).review or Review.NONE
    look = Look(by_moderator=False, by_new_member=True, flagged=True, vouched_for=True)
    for each in said:
        for one in (look, replace(look, flagged=False), replace(look, by_new_member=False)):
            alone = held_by(each.review or Review.NONE, UnknownSignals.SHOW, one, safe_mode=True)
            if alone is not None:
                assert held_by(together, UnknownSignals.SHOW, one, safe_mode=True) is not None


@pytest.mark.parametrize("state", [each for each in ReviewState if each is not ReviewState.WAITING])
def test_what_does_not_wait_is_decided_on_no_more(state: ReviewState) -> None:
    with pytest.raises(DecidedAlready):
        check_decision(make_case(state=state), MONA, others_moderate=True)


def test_nobody_decides_on_a_picture_of_their_own() -> None:
    with pytest.raises(OwnPictureHeld):
        check_decision(make_case(), ALICE, others_moderate=False)


def test_an_appeal_is_decided_by_somebody_else_where_there_is_somebody() -> None:
    appeal = make_case(appealed_at=NOW, rejected_by=MONA)
    with pytest.raises(AnotherModeratorNeeded):
        check_decision(appeal, MONA, others_moderate=True)
    check_decision(appeal, MONA, others_moderate=False)
    check_decision(appeal, OTTO, others_moderate=True)


@given(st.sampled_from(ReviewState), st.booleans(), st.timedeltas(timedelta(0), timedelta(30)))
def test_a_member_appeals_once_and_within_a_week(
    state: ReviewState, appealed: bool, later: timedelta
) -> None:
    case = make_case(state=state, decided_at=NOW, appealed_at=NOW if appealed else None)
    may = state in AGAINST and not appealed and later < APPEAL_WITHIN
    assert can_be_appealed(case, now=NOW + later) == may
    if not may:
        with pytest.raises(NoAppeal):
            check_appeal(case, now=NOW + later)


@pytest.mark.parametrize("state", ReviewState)
def test_a_held_image_is_delivered_once_a_moderator_or_the_clock_has_decided(
    state: ReviewState,
) -> None:
    decided = {ReviewState.APPROVED, *AGAINST}
    held = make_image(ImageState.HELD)
    assert awaits_delivery(held, make_case(state=state)) == (state in decided)
    rejected = make_image(ImageState.REFUSED, FailureReason.NOT_RELEASED)
    assert awaits_delivery(rejected, make_case(state=state)) == (state is ReviewState.APPROVED)
    forbidden = make_image(ImageState.REFUSED, FailureReason.RULES_CHANGED)
    assert not awaits_delivery(forbidden, make_case(state=state))


@given(st.lists(st.sampled_from(ImageState), min_size=1, max_size=4))
def test_a_job_is_held_as_long_as_one_of_its_images_is(states: list[ImageState]) -> None:
    ended = outcome(tuple(make_image(state) for state in states))
    assert (ended is JobState.HELD) == (ImageState.HELD in states)
