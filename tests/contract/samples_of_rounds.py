"""Samples of the messages of rounds, at their longest; see `message_samples`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.money import UsdMicros
from bot.domain.rounds.counting import PLACES_SHOWN
from bot.domain.rounds.proposing import MAX_PROPOSALS
from bot.domain.rounds.style_round import (
    MAX_THEME_CHARS,
    MAX_WINNERS,
    Phase,
    Placed,
    RoundId,
    RoundPlan,
    RoundResult,
    StyleProposal,
    StyleRound,
    VotingWay,
    Winner,
    WinnerNote,
    opened,
)
from bot.services.rounds.ballots import BallotPaper
from bot.services.rounds.ports import ExampleCard, RoundStanding
from bot.services.rounds.proposals import Proposed
from bot.services.rounds.steps import EXAMPLES_TOLD
from bot.services.rounds.view import CARDS_PER_PAGE
from bot.text.words import Words
from bot.ui.rounds.ballot_panel import ballot_panel, example_question_panel
from bot.ui.rounds.panels import (
    round_cancelled_panel,
    round_opened_panel,
    round_panel,
    round_reminder_panel,
    round_result_panel,
    round_voting_panel,
)
from tests.contract.sampling import Sample, Samples, registering_in
from tests.contract.style_samples import HIGHEST_ID, STYLE, WHEN

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

ROUND_ID = RoundId("0123456789abcdef")
NAME = "*" * 32
PROPOSALS = tuple(
    StyleProposal(
        round_id=ROUND_ID,
        number=9_900 + number,
        author_id=UserId(HIGHEST_ID),
        draft=STYLE.draft,
        proposed_at=WHEN,
        image_id=ImageId(f"{number}"),
    )
    for number in range(MAX_PROPOSALS)
)


def a_round(way: VotingWay, phase: Phase, result: RoundResult | None = None) -> StyleRound:
    plan = RoundPlan(
        theme="*" * MAX_THEME_CHARS,
        proposal_days=14,
        vote_days=14,
        winners=MAX_WINNERS,
        weeks=52,
        way=way,
        sets_default=True,
    )
    begun = opened(
        ROUND_ID,
        plan,
        guild_id=GuildId(HIGHEST_ID),
        channel_id=ChannelId(HIGHEST_ID),
        by=UserId(HIGHEST_ID),
        now=WHEN,
    )
    return replace(begun, phase=phase, left_out=60, result=result)


def a_standing(style_round: StyleRound, cards: int, *, shown: bool = True) -> RoundStanding:
    thumbnail = Path("thumbnail.webp") if shown else None
    pictured = tuple(ExampleCard(each, thumbnail) for each in PROPOSALS[:cards])
    return RoundStanding(style_round, PROPOSALS, pictured, 99_999)


def results() -> Iterator[RoundResult]:
    places = tuple(Placed(each.number, NAME, 99_999_500) for each in PROPOSALS[:PLACES_SHOWN])
    for note in WinnerNote:
        winners = tuple(
            Winner(each.number, "0123456789abcdef-9900", NAME, note)
            for each in PROPOSALS[:MAX_WINNERS]
        )
        yield RoundResult(
            ballots=99_999,
            proposals=MAX_PROPOSALS,
            places=places,
            equals=(NAME,) * PLACES_SHOWN,
            winners=winners,
            default_style=NAME,
            offered_until=WHEN,
        )
    yield RoundResult(ballots=0, proposals=2, places=places[:2])
    yield RoundResult(ballots=0, proposals=0)
    yield RoundResult(ballots=0, proposals=1)


@samples_of(round_opened_panel)
def _(words: Words) -> Iterator[Sample]:
    for way in VotingWay:
        yield round_opened_panel(a_round(way, Phase.PROPOSING), words)


@samples_of(round_voting_panel)
def _(words: Words) -> Iterator[Sample]:
    for shown in (True, False):
        voting = a_round(VotingWay.RANKED, Phase.VOTING)
        yield round_voting_panel(a_standing(voting, EXAMPLES_TOLD, shown=shown), words)


@samples_of(round_reminder_panel)
def _(words: Words) -> Iterator[Sample]:
    for phase in (Phase.PROPOSING, Phase.VOTING):
        yield round_reminder_panel(a_standing(a_round(VotingWay.RANKED, phase), 0), words)


@samples_of(round_cancelled_panel)
def _(words: Words) -> Iterator[Sample]:
    yield round_cancelled_panel(a_round(VotingWay.RANKED, Phase.CANCELLED), words)


@samples_of(round_result_panel)
def _(words: Words) -> Iterator[Sample]:
    for way in VotingWay:
        for result in results():
            over = a_round(way, Phase.CLOSED, result)
            for shown in (True, False):
                standing = a_standing(over, len(result.winners), shown=shown)
                yield round_result_panel(standing, words, has_chart=bool(result.places))
    counting = a_round(VotingWay.RANKED, Phase.COUNTING)
    yield round_result_panel(a_standing(counting, 0), words, has_chart=False)


@samples_of(round_panel)
def _(words: Words) -> Iterator[Sample]:
    for phase in Phase:
        for shown in (True, False):
            style_round = a_round(VotingWay.APPROVAL, phase)
            standing = a_standing(style_round, CARDS_PER_PAGE, shown=shown)
            yield round_panel(standing, 3, words)
    empty = RoundStanding(a_round(VotingWay.APPROVAL, Phase.PROPOSING), (), (), 0)
    yield round_panel(empty, 0, words)


@samples_of(ballot_panel)
def _(words: Words) -> Iterator[Sample]:
    every = tuple(each.number for each in PROPOSALS)
    for way, choices in (
        (VotingWay.APPROVAL, every),
        (VotingWay.APPROVAL, ()),
        (VotingWay.RANKED, every[:5]),
        (VotingWay.RANKED, every[:4]),
        (VotingWay.RANKED, ()),
    ):
        for weight in (0, 500, 1_000):
            yield ballot_panel(
                BallotPaper(a_round(way, Phase.VOTING), PROPOSALS, choices, weight), words
            )


@samples_of(example_question_panel)
def _(words: Words) -> Iterator[Sample]:
    proposed = Proposed(a_round(VotingWay.RANKED, Phase.PROPOSING), PROPOSALS[0])
    for price in (UsdMicros(123_456_789), None):
        yield example_question_panel(proposed, price, words)
