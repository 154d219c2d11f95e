from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conduct.conduct import Consequence, Standing, Strike, StrikeRules, standing
from bot.domain.moderation.report_weight import MOST_REJECTED, Reporter, hides, weight_of

NOW = datetime(2026, 5, 17, 12, tzinfo=UTC)
RULES = StrikeRules(warn_at=1, pause_at=2, block_at=4)
YEARS = timedelta(days=900)


def strike(hours_ago: float) -> Strike:
    at = NOW - timedelta(hours=hours_ago)
    return Strike(at, at + RULES.counts_for)


def test_a_first_strike_is_a_warning() -> None:
    assert standing([strike(1)], RULES, now=NOW) == Standing(Consequence.WARNING, 1)


def test_a_second_one_pauses_for_a_day_from_the_latest() -> None:
    until = NOW + timedelta(hours=22)
    assert standing([strike(40), strike(2)], RULES, now=NOW) == Standing(
        Consequence.PAUSE, 2, until
    )


def test_a_pause_that_is_over_leaves_a_warning() -> None:
    assert standing([strike(40), strike(25)], RULES, now=NOW) == Standing(Consequence.WARNING, 2)


def test_a_fourth_one_blocks() -> None:
    strikes = [strike(hours) for hours in (1, 2, 3, 4)]
    assert standing(strikes, RULES, now=NOW) == Standing(Consequence.BLOCK, 4)


def test_strikes_are_forgotten_after_their_time() -> None:
    assert standing([strike(24 * 31)] * 9, RULES, now=NOW) == Standing(Consequence.NONE, 0)


def test_thresholds_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="a pause before a block"):
        StrikeRules(warn_at=3, pause_at=2)


@given(st.lists(st.floats(0, 2_000), max_size=8), st.floats(0, 2_000))
def test_a_further_strike_is_never_a_relief(hours: list[float], another: float) -> None:
    order = list(Consequence)
    before = standing([strike(each) for each in hours], RULES, now=NOW)
    after = standing([strike(each) for each in (*hours, another)], RULES, now=NOW)
    assert order.index(after.consequence) >= order.index(before.consequence)


@pytest.mark.parametrize(
    ("account_age", "membership", "rejected", "weight"),
    [
        (YEARS, YEARS, 0, 1.0),
        (YEARS, timedelta(days=29), 0, 0.5),
        (timedelta(days=6), YEARS, 0, 0.25),
        (YEARS, YEARS, MOST_REJECTED, 0.0),
    ],
)
def test_what_a_report_weighs(
    account_age: timedelta, membership: timedelta, rejected: int, weight: float
) -> None:
    reporter = Reporter(account_age=account_age, membership=membership, rejected=rejected)
    assert weight_of(reporter) == weight


def test_three_members_or_a_dozen_fresh_accounts_hide_a_picture() -> None:
    assert not hides([1.0, 1.0])
    assert hides([1.0, 1.0, 1.0])
    assert not hides([0.25] * 11)
    assert hides([0.25] * 12)
