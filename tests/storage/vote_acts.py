"""What can happen to votes on a line of images, in any order."""

from dataclasses import dataclass

from hypothesis import strategies as st

from bot.domain.voting.holding import HoldState
from bot.domain.voting.vote import Newness, VoteValue

IMAGES = 4


@dataclass(frozen=True)
class Cast:
    """A member votes on an image, so many days later, with a weight."""

    member: int
    image: int
    value: VoteValue
    weight: int
    days: int
    newness: Newness | None = None


@dataclass(frozen=True)
class Withdraw:
    """A member takes a vote back, if there is one."""

    member: int
    image: int


@dataclass(frozen=True)
class HoldBack:
    """What new members voted on an image in the last days is held, and joins what is held."""

    image: int
    days: int


@dataclass(frozen=True)
class Decide:
    """Moderators count or drop what is held on an image."""

    image: int
    state: HoldState


@dataclass(frozen=True)
class WithdrawAll:
    """All votes of a member are withdrawn."""

    member: int


@dataclass(frozen=True)
class Delete:
    """An image is deleted."""

    image: int


@dataclass(frozen=True)
class Sort:
    """The prompts of pictures of before are looked at."""


Act = Cast | Withdraw | HoldBack | Decide | WithdrawAll | Delete | Sort

image_numbers = st.integers(0, IMAGES - 1)
voters = st.integers(0, 3)
casts = st.builds(
    Cast,
    voters,
    image_numbers,
    st.sampled_from(VoteValue),
    st.sampled_from([0, 500, 1_000]),
    st.integers(0, 40),
    st.sampled_from([None, Newness.NONE, Newness.MEMBERSHIP, Newness.BOTH]),
)
withdrawals = st.builds(Withdraw, voters, image_numbers)
deletions = st.builds(Delete, image_numbers)
holds = st.builds(HoldBack, image_numbers, st.integers(0, 40))
decisions = st.builds(
    Decide, image_numbers, st.sampled_from([HoldState.COUNTED, HoldState.DROPPED])
)
purges = st.builds(WithdrawAll, voters)
sortings = st.just(Sort())
# Votes first, for nothing else does anything without them. An alternative that is named twice is
# drawn no more often.
histories = st.builds(
    lambda opening, rest: [*opening, *rest],
    st.lists(casts, min_size=2, max_size=8),
    st.lists(
        casts | withdrawals | holds | decisions | purges | deletions | sortings,
        max_size=12,
    ),
)
