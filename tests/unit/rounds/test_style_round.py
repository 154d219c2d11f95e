"""The phases of a round, and what it has room for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ChannelId, MessageId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.domain.rounds.errors import ProposalExists, ProposalsFull, TooManyOfYours
from bot.domain.rounds.example import read_link
from bot.domain.rounds.proposing import MAX_PROPOSALS, check_room, next_number
from bot.domain.rounds.style_round import Phase, RoundId, moved_on, reminder_at
from bot.domain.rounds.targets import RoundTarget, read_round_target, round_target
from tests.unit.rounds.values import NOW, make_proposal, make_round

MINUTE = timedelta(minutes=1)
ORDER = [Phase.PROPOSING, Phase.VOTING, Phase.COUNTING, Phase.CLOSED]


def test_nothing_moves_before_its_time() -> None:
    style_round = make_round()

    assert moved_on(style_round, style_round.phase_ends - MINUTE, standing=9) == style_round


def test_members_have_their_full_time_to_vote_however_late_the_vote_begins() -> None:
    style_round = make_round(vote_days=3)
    late = style_round.phase_ends + timedelta(days=30)

    voting = moved_on(style_round, late, standing=2)

    assert (voting.phase, voting.phase_ends) == (Phase.VOTING, late + timedelta(days=3))


@pytest.mark.parametrize("standing", [0, 1])
def test_with_fewer_than_two_proposals_there_is_no_vote(standing: int) -> None:
    style_round = make_round()

    assert moved_on(style_round, style_round.phase_ends, standing=standing).phase is Phase.COUNTING


@given(
    st.sampled_from(Phase),
    st.lists(st.tuples(st.integers(-3, 9), st.integers(0, 4)), max_size=6),
)
def test_a_round_only_ever_goes_forwards(phase: Phase, looks: list[tuple[int, int]]) -> None:
    style_round, seen = replace(make_round(), phase=phase), [phase]
    for days, standing in looks:
        style_round = moved_on(style_round, NOW + timedelta(days=days), standing=standing)
        seen.append(style_round.phase)

    if phase in {Phase.CLOSED, Phase.CANCELLED, Phase.COUNTING}:
        assert set(seen) == {phase}
    else:
        assert [ORDER.index(each) for each in seen] == sorted(ORDER.index(each) for each in seen)


@given(st.integers(1, 14))
def test_a_reminder_comes_within_the_phase_and_at_most_a_day_before_its_end(days: int) -> None:
    ends = NOW + timedelta(days=days)

    at = reminder_at(NOW, ends)

    assert NOW < at < ends
    assert ends - at <= timedelta(days=1)


def test_a_member_has_two_proposals_and_withdrawn_ones_do_not_count() -> None:
    there = [make_proposal(1, author=7), make_proposal(2, author=7)]
    draft = make_proposal(3).draft

    with pytest.raises(TooManyOfYours):
        check_room(draft, there, UserId(7))
    check_room(draft, [there[0], replace(there[1], withdrawn=True)], UserId(7))
    check_room(draft, there, UserId(8))


def test_a_round_takes_sixty_proposals_and_no_name_twice() -> None:
    there = [make_proposal(number, author=number) for number in range(1, MAX_PROPOSALS + 1)]
    draft = make_proposal(500).draft

    with pytest.raises(ProposalsFull):
        check_room(draft, there, UserId(999))
    with pytest.raises(ProposalExists):
        check_room(replace(draft, name="sTYLE 3"), there[:9], UserId(999))


def test_the_number_of_a_withdrawn_proposal_is_not_used_again() -> None:
    assert next_number([]) == 1
    assert next_number([make_proposal(1), make_proposal(2, withdrawn=True)]) == 3


@given(st.lists(st.integers(0, 9_999), max_size=2))
def test_a_button_carries_its_round_and_numbers(numbers: list[int]) -> None:
    round_id = RoundId("0123456789abcdef")

    read = read_round_target(round_target(round_id, *numbers), numbers=len(numbers))

    assert read == RoundTarget(round_id, tuple(numbers))


@pytest.mark.parametrize("target", ["", "a-", "a-b", "a-1-2-3", "A-1", "a-12345"])
def test_a_button_of_another_version_is_not_understood(target: str) -> None:
    assert all(read_round_target(target, numbers=n) is None for n in range(4))


def test_a_link_to_a_message_is_understood() -> None:
    link = "https://discord.com/channels/1/22/333"

    found = MessageAddress(channel_id=ChannelId(22), message_id=MessageId(333))
    assert read_link(f" {link} ") == found
    assert read_link("0123456789abcdef") is None
