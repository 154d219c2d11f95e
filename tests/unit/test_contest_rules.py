"""Which pictures fit a contest, and who has won."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contests.contest import (
    Approval,
    Contest,
    ContestId,
    Entry,
    Phase,
    entry_target,
    read_entry_target,
)
from bot.domain.contests.errors import ThemeWrong, WordsWrong
from bot.domain.contests.rules import (
    as_closed,
    clean_theme,
    missing_words,
    ranking,
    required_words,
    winners,
)
from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import MessageAddress

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
CONTEST = ContestId("c0ffee")
SOMEWHERE = MessageAddress(channel_id=ChannelId(1), message_id=MessageId(2))


def entry(number: int, member: int = 0) -> Entry:
    return Entry(
        contest_id=CONTEST,
        image_id=ImageId(f"image-{number}"),
        user_id=UserId(member or 100 + number),
        origin=SOMEWHERE,
        entered_at=NOW,
        number=number,
    )


def approval(number: int, member: int, weight: int = 1_000) -> Approval:
    return Approval(
        contest_id=CONTEST,
        image_id=ImageId(f"image-{number}"),
        user_id=UserId(member),
        weight=weight,
    )


approvals = st.lists(
    st.builds(approval, st.integers(1, 7), st.integers(100, 110), st.sampled_from([0, 500, 1_000])),
    max_size=25,
    unique_by=lambda each: (each.image_id, each.user_id),
)
ENTRIES = [entry(number) for number in range(1, 6)]


class TestTheRanking:
    @given(votes=approvals, data=st.data())
    def test_the_order_in_which_votes_come_changes_nothing(
        self, votes: list[Approval], data: st.DataObject
    ) -> None:
        shuffled = data.draw(st.permutations(votes))
        entries = data.draw(st.permutations(ENTRIES))

        assert ranking(entries, shuffled) == ranking(ENTRIES, votes)

    @given(votes=approvals)
    def test_a_tally_is_the_sum_of_what_others_voted(self, votes: list[Approval]) -> None:
        for ranked in ranking(ENTRIES, votes):
            theirs = [
                vote.weight
                for vote in votes
                if vote.image_id == ranked.entry.image_id and vote.user_id != ranked.entry.user_id
            ]
            assert ranked.weight == sum(theirs)

    @given(votes=approvals)
    def test_places_follow_weights_and_ties_share_one(self, votes: list[Approval]) -> None:
        ranked = ranking(ENTRIES, votes)

        for each in ranked:
            assert each.place == 1 + sum(other.weight > each.weight for other in ranked)

    @given(votes=approvals, dropped=st.sets(st.integers(1, 5)))
    def test_what_is_dropped_changes_no_other_tally(
        self, votes: list[Approval], dropped: set[int]
    ) -> None:
        left = [each for each in ENTRIES if each.number not in dropped]
        before = {each.entry.image_id: each.weight for each in ranking(ENTRIES, votes)}

        for each in ranking(left, votes):
            assert each.weight == before[each.entry.image_id]

    def test_all_that_share_the_first_place_win_and_nobody_without_votes(self) -> None:
        tied = ranking(ENTRIES, [approval(2, 900), approval(4, 901), approval(5, 902, 500)])

        assert [each.entry.number for each in winners(tied)] == [2, 4]
        assert winners(ranking(ENTRIES, [approval(1, 900, 0)])) == ()
        assert winners(()) == ()

    def test_what_was_written_at_the_end_is_what_is_told(self) -> None:
        closed = [entry(1), replace(entry(2), place=1, weight=500)]

        assert [(each.entry.number, each.place) for each in as_closed(closed)] == [(2, 1)]


class TestTheWords:
    @pytest.mark.parametrize(
        ("words", "prompt", "missing"),
        [
            ("fox", "a red FOX!", ()),
            ("fox", "firefox at work", ("fox",)),
            ("Straße", "EINE STRASSE", ()),
            ("fox, night", "the night", ("fox",)),
            ("", "anything", ()),
            ("sci-fi", "a sci-fi city", ()),
            ("dog", "", ("dog",)),
        ],
    )
    def test_whole_words_count_in_capitals_or_not(
        self, words: str, prompt: str, missing: tuple[str, ...]
    ) -> None:
        assert missing_words(required_words(words), prompt) == missing

    def test_each_word_is_required_once(self) -> None:
        assert required_words("Fox fox, night;night") == ("fox", "night")
        assert required_words(None) == ()

    @pytest.mark.parametrize("words", ["a b c d e f", "x" * 41, "<@1>", "fox!", "--"])
    def test_what_is_no_list_of_words_is_refused(self, words: str) -> None:
        with pytest.raises(WordsWrong):
            required_words(words)

    @given(text=st.text(max_size=30))
    def test_a_required_word_is_found_in_itself(self, text: str) -> None:
        try:
            words = required_words(text)
        except WordsWrong:
            return
        assert missing_words(words, " and ".join(words)) == ()

    def test_a_theme_says_something(self) -> None:
        assert clean_theme("  foxes \n at night ") == "foxes at night"
        for wrong in (" ", "x" * 201):
            with pytest.raises(ThemeWrong):
                clean_theme(wrong)


@pytest.mark.parametrize("number", [0, 7, 100])
def test_a_button_carries_the_contest_and_a_number(number: int) -> None:
    assert read_entry_target(entry_target(CONTEST, number)) == (CONTEST, number)


@pytest.mark.parametrize("target", ["", "c0ffee", "c0ffee-", "-3", "c0ffee-x", "c0ffee-99999"])
def test_a_button_that_carries_something_else_is_none(target: str) -> None:
    assert read_entry_target(target) is None


@pytest.mark.parametrize("phase", Phase)
def test_a_contest_is_open_until_it_is_over(phase: Phase) -> None:
    contest = Contest(
        id=CONTEST,
        guild_id=GuildId(1),
        channel_id=ChannelId(1),
        opened_by=UserId(1),
        theme="foxes",
        words=(),
        entries_of_member=1,
        prize=None,
        opened_at=NOW,
        submit_until=NOW + timedelta(hours=1),
        vote_until=NOW + timedelta(hours=2),
        phase=phase,
    )
    assert contest.is_open is (phase in {Phase.SUBMITTING, Phase.VOTING, Phase.COUNTING})
    assert contest.message is None
