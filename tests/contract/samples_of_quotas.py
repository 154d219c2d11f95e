"""Samples of the messages of `/quotas`."""

from collections.abc import Iterator

from bot.domain.ids import ChannelId, GrantId, GuildId, UserId
from bot.domain.money import UsdMicros
from bot.domain.quotas.grants import Grant, GrantTarget
from bot.domain.quotas.input import MAX_REASON
from bot.domain.quotas.limit_change import (
    Change,
    FieldEffect,
    LimitChange,
    LimitPreview,
    SettingsChange,
    SettingsPreview,
    WaitingChange,
)
from bot.domain.quotas.limit_fields import AT_ONCE, DEAREST, PER_REQUEST, cap_field
from bot.domain.quotas.limits import (
    NO_LIMITS,
    UNLIMITED,
    Cap,
    Limits,
    LimitScope,
    LimitSource,
    Sourced,
    Unit,
)
from bot.domain.quotas.overview import Explanation, ServerOverview
from bot.domain.quotas.quota import QuotaStatus
from bot.domain.quotas.server_quota import Allowance, BudgetLine, ServerQuota
from bot.domain.quotas.spender import Spender
from bot.domain.quotas.windows import DAY, MONTH, WEEK, rolling
from bot.text.quotas.limits import Present
from bot.text.words import Words
from bot.ui.quotas.quotas_panel import (
    applied_panel,
    explanation_panel,
    granted_panel,
    overview_panel,
    preview_panel,
    revoked_panel,
    settings_preview_panel,
)
from tests.contract.sample_values import HIGHEST_ID, LONG, WHEN, full_quota
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

MUCH = 10**12
WINDOWS = (DAY, WEEK, MONTH, rolling(744))
FULL = Limits(
    caps=tuple(Cap(unit, window, MUCH) for unit in Unit for window in WINDOWS),
    at_once=MUCH,
    dearest_usd_micros=MUCH,
    images_per_request=UNLIMITED,
)
FIELDS = (
    cap_field(Unit.IMAGES, rolling(744)),
    cap_field(Unit.USD_MICROS, rolling(744)),
    PER_REQUEST,
    AT_ONCE,
    DEAREST,
)
NOBODY = Present(frozenset(), frozenset())
BUDGET = tuple(BudgetLine(window, MUCH, LimitSource(LimitScope.SERVER)) for window in (DAY, MONTH))
SETTINGS = SettingsChange(
    before=ServerQuota(),
    after=ServerQuota(
        time_zone="America/Argentina/ComodRivadavia",
        new_member_days=365,
        budget=Allowance(day=MUCH, month=UNLIMITED),
        slow_down_usd_micros=UsdMicros(MUCH),
    ),
)


def source(scope: LimitScope) -> LimitSource:
    return LimitSource(scope, HIGHEST_ID)


def grant(target: GrantTarget) -> Grant:
    return Grant(
        id=GrantId("0123456789abcdef"),
        guild_id=GuildId(HIGHEST_ID),
        target=target,
        target_id=HIGHEST_ID,
        images=1_000_000,
        usd_micros=UsdMicros(MUCH),
        reason=LONG[:MAX_REASON],
        created_at=WHEN,
        expires_at=WHEN,
    )


def waiting(change: Change) -> WaitingChange:
    return WaitingChange(
        id="0" * 24,
        guild_id=GuildId(HIGHEST_ID),
        user_id=UserId(HIGHEST_ID),
        change=change,
        expires_at=WHEN,
    )


@samples_of(overview_panel)
def _(words: Words) -> Iterator[Sample]:
    limits = tuple((source(scope), FULL) for scope in LimitScope for _ in range(20))
    grants = tuple(grant(target) for target in GrantTarget for _ in range(20))
    overview = ServerOverview(
        limits=limits, of_the_bot=FULL, settings=SETTINGS.after, budget=BUDGET, grants=grants
    )
    yield overview_panel(overview, NOBODY, words)
    bare = ServerOverview(
        limits=(), of_the_bot=NO_LIMITS, settings=SETTINGS.before, budget=(), grants=()
    )
    yield overview_panel(bare, NOBODY, words)


@samples_of(preview_panel)
def _(words: Words) -> Iterator[Sample]:
    for scope in set(LimitScope) - {LimitScope.BOT}:
        change = LimitChange(source=source(scope), before=NO_LIMITS, after=FULL)
        effects = tuple(
            FieldEffect(field, None, Sourced(MUCH, source(LimitScope.MEMBER))) for field in FIELDS
        )
        for some in (effects, ()):
            yield preview_panel(
                LimitPreview(
                    waiting=waiting(change),
                    change=change,
                    effects=some,
                    exceptions=(source(LimitScope.ROLE),) * 100,
                ),
                words,
            )


@samples_of(settings_preview_panel)
def _(words: Words) -> Iterator[Sample]:
    for budget in (BUDGET, ()):
        preview = SettingsPreview(
            waiting=waiting(SETTINGS), change=SETTINGS, budget_before=(), budget_after=budget
        )
        yield settings_preview_panel(preview, words)


@samples_of(applied_panel)
def _(words: Words) -> Iterator[Sample]:
    yield applied_panel(SETTINGS, words)
    change = LimitChange(source=source(LimitScope.ROLE), before=FULL, after=NO_LIMITS)
    yield applied_panel(change, words)


@samples_of(granted_panel)
def _(words: Words) -> Iterator[Sample]:
    for target in GrantTarget:
        yield granted_panel(grant(target), words)


@samples_of(revoked_panel)
def _(words: Words) -> Iterator[Sample]:
    for target in GrantTarget:
        yield revoked_panel(grant(target), words)


@samples_of(explanation_panel)
def _(words: Words) -> Iterator[Sample]:
    spender = Spender(
        user_id=UserId(HIGHEST_ID),
        guild_id=GuildId(HIGHEST_ID),
        channels=(ChannelId(HIGHEST_ID),),
    )
    for status in (full_quota(), QuotaStatus()):
        explanation = Explanation(spender=spender, status=status, budget=BUDGET)
        yield explanation_panel(explanation, words)
