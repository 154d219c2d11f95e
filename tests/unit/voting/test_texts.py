"""What members are told of their votes and of leaderboards."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.styles.leaderboard import (
    MAX_PAGES,
    Board,
    BoardQuery,
    BoardTopic,
    RankedMember,
    RankedStyle,
    board_target,
    read_board_target,
)
from bot.domain.voting.span import Span
from bot.domain.voting.vote import Tally, Vote, VoteValue
from bot.text.votes.leaderboards import alt_text, chart_name, lines
from bot.text.votes.votes import vote_taken
from bot.text.words import words_for

WORDS = words_for("en-GB")
VOTE = Vote(
    image_id=ImageId("image"),
    user_id=UserId(1),
    guild_id=GuildId(2),
    value=VoteValue.UP,
    weight=1_000,
    cast_at=datetime(2025, 5, 20, tzinfo=UTC),
)
FEW = Tally(3, 1, 3_000, 1_000)


def test_a_light_vote_is_said_to_be_one() -> None:
    assert "weighs" not in vote_taken(VOTE, WORDS)
    assert "It weighs half" in vote_taken(replace(VOTE, weight=500), WORDS)
    assert "weighs nothing yet" in vote_taken(replace(VOTE, weight=0), WORDS)
    assert "waits for this server's moderators" in vote_taken(replace(VOTE, held=True), WORDS)
    assert vote_taken(None, WORDS) == "Your vote is taken back."


def test_ranks_go_on_from_page_to_page() -> None:
    board = Board(
        BoardQuery(BoardTopic.STYLES, Span.ALL, 1),
        (RankedStyle(FEW, "*Noir*", "preset:Noir"),),
        False,
    )

    assert lines(board, WORDS) == "11. **\\*Noir\\*** · 30% · 👍 3 · 👎 1"
    assert chart_name(board, 0) == "11. *Noir*"
    assert alt_text(board, WORDS) == "The styles this server likes best: 11. *Noir* 30%"


def test_members_stand_in_a_chart_by_their_rank() -> None:
    board = Board(BoardQuery(BoardTopic.MEMBERS, Span.ALL), (RankedMember(FEW, UserId(5)),), False)

    assert chart_name(board, 0) == "1."
    assert lines(board, WORDS).startswith("1. <@5> · ")


@pytest.mark.parametrize("number", [0, MAX_PAGES - 1])
def test_a_button_leads_to_its_page(number: int) -> None:
    query = BoardQuery(BoardTopic.IMAGES, Span.WEEK, number)
    assert read_board_target(board_target(query)) == query


@pytest.mark.parametrize(
    "target", ["", "images-week", "images-week-x", "a-week-0", "images-week-10"]
)
def test_a_button_of_another_version_leads_nowhere(target: str) -> None:
    assert read_board_target(target) is None
