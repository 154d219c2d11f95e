from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.failure import Billing, FailureReason, ImageFailure
from bot.domain.ids import GuildId
from bot.domain.ledger import (
    BOT_ACCOUNT,
    AccountKind,
    Closing,
    EntryKind,
    Limit,
    Usage,
    closing_of,
    day_window,
    entry_kind,
    images_left,
    server_account,
    usd_micros_left,
)
from bot.domain.money import UsdMicros

moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    timezones=st.timezones(),
)


class TestTheDay:
    @pytest.mark.parametrize(
        "now",
        [
            datetime(2025, 5, 20, 0, 0, tzinfo=UTC),
            datetime(2025, 5, 20, 23, 59, 59, 999_999, tzinfo=UTC),
            datetime(2025, 5, 21, 1, 30, tzinfo=timezone(timedelta(hours=2))),
            datetime(2025, 5, 19, 19, 0, tzinfo=timezone(timedelta(hours=-5))),
        ],
    )
    def test_a_day_is_the_calendars_in_utc(self, now: datetime) -> None:
        window = day_window(now)

        assert window.start == datetime(2025, 5, 20, tzinfo=UTC)
        assert window.end == datetime(2025, 5, 21, tzinfo=UTC)

    @given(moments)
    def test_every_moment_is_in_its_day_and_the_days_touch(self, now: datetime) -> None:
        window = day_window(now)

        assert window.start <= now < window.end
        assert day_window(window.start) == window
        assert day_window(window.end).start == window.end


class TestWhatIsLeft:
    @pytest.mark.parametrize(("used", "left"), [(0, 5), (4, 1), (5, 0), (9, 0)])
    def test_images_are_left_down_to_none(self, used: int, left: int) -> None:
        assert images_left(Limit(images=5), Usage(images=used)) == left

    @pytest.mark.parametrize(("used", "left"), [(0, 50), (49, 1), (50, 0), (90, 0)])
    def test_money_is_left_down_to_none(self, used: int, left: int) -> None:
        usage = Usage(usd_micros=UsdMicros(used))

        assert usd_micros_left(Limit(usd_micros=UsdMicros(50)), usage) == left

    def test_without_a_limit_there_is_no_end(self) -> None:
        usage = Usage(images=9, usd_micros=UsdMicros(9))

        assert images_left(Limit(), usage) is None
        assert usd_micros_left(Limit(), usage) is None

    def test_a_limit_of_nothing_leaves_nothing(self) -> None:
        assert images_left(Limit(images=0), Usage()) == 0
        assert usd_micros_left(Limit(usd_micros=UsdMicros(0)), Usage()) == 0


class TestClosingAnImage:
    @pytest.mark.parametrize(
        ("closing", "member", "server_and_bot"),
        [
            (Closing.SHOWN, EntryKind.SETTLE, EntryKind.SETTLE),
            (Closing.NOT_BILLED, EntryKind.RELEASE, EntryKind.RELEASE),
            (Closing.BILLED_NOT_SHOWN, EntryKind.RELEASE, EntryKind.SETTLE),
        ],
    )
    def test_a_member_pays_for_pictures_and_budgets_for_what_was_billed(
        self, closing: Closing, member: EntryKind, server_and_bot: EntryKind
    ) -> None:
        assert entry_kind(closing, AccountKind.MEMBER) is member
        assert entry_kind(closing, AccountKind.SERVER) is server_and_bot
        assert entry_kind(closing, AccountKind.BOT) is server_and_bot

    @pytest.mark.parametrize(
        ("billing", "closing"),
        [
            (Billing.NOT_BILLED, Closing.NOT_BILLED),
            (Billing.MAYBE_BILLED, Closing.BILLED_NOT_SHOWN),
            (Billing.BILLED, Closing.BILLED_NOT_SHOWN),
        ],
    )
    def test_a_failure_that_may_have_been_billed_stays_with_the_budgets(
        self, billing: Billing, closing: Closing
    ) -> None:
        assert closing_of(ImageFailure(FailureReason.LOST, billing)) is closing


def test_every_server_has_an_account_of_its_own() -> None:
    accounts = {server_account(GuildId(1)), server_account(GuildId(2)), BOT_ACCOUNT}

    assert len(accounts) == 3
