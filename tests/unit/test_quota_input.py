"""What managers type about quotas: one sentence for each slip, and nothing changed."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import RoleId
from bot.domain.quotas import input as typed
from bot.domain.quotas.errors import (
    AmountTooLarge,
    AmountWrong,
    ExpiryWrong,
    NothingGranted,
    QuotaInputError,
    ReasonWrong,
    RoleGone,
    TimeZoneUnknown,
    WindowUnknown,
)
from bot.domain.quotas.limits import UNLIMITED, Ceiling
from bot.domain.quotas.windows import DAY, MONTH, WEEK, WindowKind, rolling


@pytest.mark.parametrize(
    ("text", "amount"), [("25", 25), (" 007 ", 7), ("0", 0), ("unlimited", UNLIMITED)]
)
def test_images_are_whole_numbers_or_unlimited(text: str, amount: Ceiling) -> None:
    assert typed.image_amount(text) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("2", 2_000_000), ("$2.50", 2_500_000), ("0,01", 10_000), ("Unlimited", UNLIMITED)],
)
def test_dollars_become_micro_dollars(text: str, amount: Ceiling) -> None:
    assert typed.dollar_amount(text) == amount


@pytest.mark.parametrize("text", ["-1", "", "many", "1.5", "1e3", "²", "٣", "+3", "NaN"])
def test_what_is_no_number_of_images_is_refused(text: str) -> None:
    with pytest.raises(AmountWrong):
        typed.image_amount(text)


@pytest.mark.parametrize("text", ["-1", "", "much", "1e3", "0.0000001", "NaN", "Infinity", "$"])
def test_what_is_no_sum_of_money_is_refused(text: str) -> None:
    with pytest.raises(AmountWrong):
        typed.dollar_amount(text)


@pytest.mark.parametrize("text", ["1000001", "9" * 5_000])
def test_a_huge_number_of_images_is_refused(text: str) -> None:
    with pytest.raises(AmountTooLarge):
        typed.image_amount(text)


def test_a_huge_sum_of_money_is_refused() -> None:
    with pytest.raises(AmountTooLarge):
        typed.dollar_amount("1000000.01")


@pytest.mark.parametrize(
    ("text", "kind"), [("day", DAY), (" Week", WEEK), ("MONTH", MONTH), ("24h", rolling(24))]
)
def test_windows_have_names(text: str, kind: WindowKind) -> None:
    assert typed.window_kind(text) == kind


@pytest.mark.parametrize("text", ["year", "", "0h", "745h", "h", "-3h", "1.5h", "99999h"])
def test_a_window_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(WindowUnknown):
        typed.window_kind(text)


def test_a_time_zone_is_known_by_its_name_however_it_is_spelled() -> None:
    assert typed.time_zone("europe/rome") == "Europe/Rome"
    assert typed.time_zone("America/New York") == "America/New_York"


@pytest.mark.parametrize("text", ["Europe/Venise", "", "../etc/passwd", "CEST"])
def test_a_time_zone_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(TimeZoneUnknown):
        typed.time_zone(text)


def test_a_time_zone_that_is_mistyped_is_answered_with_the_nearest() -> None:
    with pytest.raises(TimeZoneUnknown) as raised:
        typed.time_zone("Europe/Berln")
    assert "Europe/Berlin" in raised.value.nearest


def test_a_role_that_was_deleted_is_refused() -> None:
    assert typed.present_role(RoleId(1), {RoleId(1)}) == 1
    with pytest.raises(RoleGone):
        typed.present_role(RoleId(2), {RoleId(1)})


def test_a_grant_gives_something_for_a_time_and_a_reason() -> None:
    assert typed.granted("5", None) == (5, None)
    assert typed.granted("5", "0.50") == (5, 500_000)
    assert typed.grant_days(30) == 30
    assert typed.grant_reason("  won\nthe contest ") == "won the contest"


@pytest.mark.parametrize(
    "given", [(None, None), ("0", None), ("unlimited", None), ("5", "0"), (None, "unlimited")]
)
def test_a_grant_of_nothing_or_without_an_end_is_refused(
    given: tuple[str | None, str | None],
) -> None:
    with pytest.raises(NothingGranted):
        typed.granted(*given)


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_grant_for_no_time_or_for_ages_is_refused(days: int) -> None:
    with pytest.raises(ExpiryWrong):
        typed.grant_days(days)


@pytest.mark.parametrize("text", ["", "  ", "x" * 201])
def test_a_grant_without_a_reason_is_refused(text: str) -> None:
    with pytest.raises(ReasonWrong):
        typed.grant_reason(text)


@given(
    st.sampled_from(
        (typed.image_amount, typed.dollar_amount, typed.window_kind, typed.grant_reason)
    ),
    st.text(max_size=50),
)
def test_anything_typed_is_a_value_or_one_sentence(
    check: Callable[[str], object], text: str
) -> None:
    with suppress(QuotaInputError):
        check(text)
