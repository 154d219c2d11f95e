"""What `/quota` and warnings say."""

from datetime import UTC, datetime

from bot.domain.money import UsdMicros
from bot.domain.quotas.budget_alert import BudgetAlert
from bot.domain.quotas.limits import (
    OF_THE_BOT,
    OF_THE_SERVER,
    UNLIMITED,
    EffectiveLimits,
    LimitScope,
    LimitSource,
    Sourced,
    Unit,
)
from bot.domain.quotas.quota import GrantLine, QuotaLine, QuotaStatus
from bot.domain.quotas.windows import DAY, MONTH, WindowKind, rolling, window_at
from bot.text.quotas.budgets import budget_warning
from bot.text.quotas.quota import quota_lines, window_span
from bot.text.words import words_for

EN = words_for("en")
RESET = datetime(2026, 5, 21, tzinfo=UTC)
WHEN = f"<t:{int(RESET.timestamp())}:t> (<t:{int(RESET.timestamp())}:R>)"


def line(
    *,
    unit: Unit = Unit.IMAGES,
    window: WindowKind = DAY,
    most: int = 20,
    used: int = 1,
    source: LimitSource = OF_THE_BOT,
) -> QuotaLine:
    return QuotaLine(
        unit=unit,
        window=window,
        most=most,
        used=used,
        left=max(0, most - used),
        resets_at=RESET,
        source=source,
    )


def test_each_limit_has_a_line_with_its_source() -> None:
    role, channel = LimitSource(LimitScope.ROLE, 9), LimitSource(LimitScope.CHANNEL, 9)
    status = QuotaStatus(
        lines=(
            line(used=19),
            line(unit=Unit.USD_MICROS, window=MONTH, most=2_000_000, used=500_000, source=role),
            line(window=rolling(24), used=30, source=channel),
        )
    )
    assert quota_lines(status, EN).splitlines() == [
        f"Today: **1 image** left of 20, 19 used. Resets {WHEN} (the bot's own limit).",
        f"This month: **$1.50** left of $2.00, $0.50 used. Resets {WHEN} (limit of <@&9>).",
        f"The last 24 hours: **0 images** left of 20, 30 used. Resets {WHEN} (limit of <#9>).",
    ]


def test_unlimited_is_said_with_what_was_used() -> None:
    free = QuotaLine(
        unit=Unit.IMAGES,
        window=DAY,
        most=UNLIMITED,
        used=3,
        left=None,
        resets_at=RESET,
        source=OF_THE_SERVER,
    )
    assert quota_lines(QuotaStatus(lines=(free,)), EN) == (
        "Today: 3 used, no limit (limit of this server)."
    )
    assert quota_lines(QuotaStatus(), EN) == "There is no limit for you here."


def test_grants_and_other_limits_follow() -> None:
    status = QuotaStatus(
        grants=(
            GrantLine(
                images_left=2,
                usd_micros_left=UsdMicros(500_000),
                expires_at=RESET,
                reason="a *contest*",
            ),
        ),
        limits=EffectiveLimits(
            at_once=Sourced(2, OF_THE_SERVER),
            images_per_request=Sourced(1, OF_THE_SERVER),
            dearest_usd_micros=Sourced(40_000, OF_THE_SERVER),
        ),
    )
    assert quota_lines(status, EN).splitlines() == [
        f"Extra: **2 images · $0.50** left until {WHEN} (“a \\*contest\\*”).",
        "-# At most 1 image in one request (limit of this server).",
        "-# At most 2 images at once (limit of this server).",
        "-# No image may cost more than $0.04 (limit of this server).",
    ]


def test_a_quota_with_a_grant_left_is_not_used_up() -> None:
    grant = GrantLine(images_left=1, usd_micros_left=None, expires_at=RESET, reason="x")
    assert QuotaStatus(lines=(line(used=20),)).is_used_up
    assert not QuotaStatus(lines=(line(used=20),), grants=(grant,)).is_used_up


def test_a_warning_says_what_is_used_and_what_happens() -> None:
    window = window_at(DAY, datetime(2026, 5, 20, 12, tzinfo=UTC), UTC)
    alert = BudgetAlert(UsdMicros(1_600_000), UsdMicros(2_000_000), window)
    assert budget_warning(alert, EN) == (
        "This server has used $1.60 of its $2.00 for today. At the limit nothing more is painted "
        f"until {WHEN}; everything that is free goes on."
    )


def test_hours_are_counted_in_words() -> None:
    assert window_span(rolling(1), EN) == "for 1 hour"
    assert window_span(rolling(6), EN) == "for 6 hours"
