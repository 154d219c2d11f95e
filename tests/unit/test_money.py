from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import MICROS_PER_USD, usd_micros


@pytest.mark.parametrize(
    ("usd", "micros"),
    [
        (0, 0),
        (1, 1_000_000),
        (0.1, 100_000),
        (0.29, 290_000),
        ("0.035", 35_000),
        (Decimal("0.0000005"), 1),
        ("0.00000049", 0),
        (1e-7, 0),
        (12.345678, 12_345_678),
    ],
)
def test_dollars_become_whole_micro_dollars(usd: float | str | Decimal, micros: int) -> None:
    assert usd_micros(usd) == micros


@given(st.integers(0, 10**12))
def test_a_price_of_whole_micro_dollars_is_exact(micros: int) -> None:
    assert usd_micros(Decimal(micros) / MICROS_PER_USD) == micros


@given(st.lists(st.integers(0, 10**6), max_size=50))
def test_a_sum_is_exact_where_floats_are_not(cents: list[int]) -> None:
    prices = [usd_micros(f"{cent / 100:.2f}") for cent in cents]

    assert sum(prices) == sum(cents) * 10_000


@given(st.floats(0, 10_000))
def test_rounding_is_never_off_by_more_than_half(usd: float) -> None:
    assert abs(Decimal(str(usd)) * MICROS_PER_USD - usd_micros(usd)) <= Decimal("0.5")
