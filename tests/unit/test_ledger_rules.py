from datetime import UTC, datetime

import pytest

from bot.domain.ids import GuildId
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import (
    BOT_ACCOUNT,
    AccountKind,
    Closing,
    EntryKind,
    Limit,
    Usage,
    closing_of,
    entry_kind,
    left_of,
    server_account,
)
from bot.domain.quotas.limits import OF_THE_BOT, Unit
from bot.domain.quotas.windows import DAY, window_at

TODAY = window_at(DAY, datetime(2026, 5, 20, 12, tzinfo=UTC), UTC)


class TestWhatIsLeft:
    @pytest.mark.parametrize(("used", "left"), [(0, 5), (4, 1), (5, 0), (9, 0)])
    def test_images_are_left_down_to_none(self, used: int, left: int) -> None:
        assert left_of(Limit(TODAY, Unit.IMAGES, 5, OF_THE_BOT), Usage(images=used)) == left

    @pytest.mark.parametrize(("used", "left"), [(0, 50), (49, 1), (50, 0), (90, 0)])
    def test_money_is_left_down_to_none(self, used: int, left: int) -> None:
        usage = Usage(usd_micros=UsdMicros(used))

        assert left_of(Limit(TODAY, Unit.USD_MICROS, 50, OF_THE_BOT), usage) == left

    def test_a_limit_of_nothing_leaves_nothing(self) -> None:
        assert left_of(Limit(TODAY, Unit.IMAGES, 0, OF_THE_BOT), Usage()) == 0


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
        assert entry_kind(closing, AccountKind.GRANT) is member
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
