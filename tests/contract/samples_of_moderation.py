"""Samples of the messages of moderators: policies, blocked terms, the log."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.gate.channel_rules import ChannelSettings, Layer, PrivateImages, rules_of
from bot.domain.gate.channel_setup import Walk
from bot.domain.gate.pause import PAUSED_EVERYWHERE, Pause, PausedPlace
from bot.domain.gate.policy_here import PolicyHere
from bot.domain.gate.rule import OF_THE_GATE, Rule
from bot.domain.ids import AccountKey, ChannelId, GuildId, ModelId, UserId
from bot.domain.moderation.audit import REASON_LIMIT, Act, AuditEntry, LoggedAct, LogQuery
from bot.domain.terms import Disguise, Term, TermFound, TermKind
from bot.domain.terms.listed import ListedTerm, TermTest
from bot.services.asking.plans import Place
from bot.services.gate.explaining import Explanation
from bot.services.moderation.audit_reader import ACTS_SHOWN, LogPage, LogTable
from bot.services.moderation.log_desk import ENTRIES_AT_ONCE
from bot.text.words import Words
from bot.ui.gate.channel_panel import channel_panel, explanation_panel, why_panel
from bot.ui.gate.setup_panel import setup_done_panel, setup_left_panel, setup_panel
from bot.ui.moderation.moderation_log_panel import log_panel, log_table_panel, told_panel
from bot.ui.moderation.moderation_panel import term_test_panel, terms_file_panel, terms_panel
from tests.contract.sample_values import HIGHEST_ID, LONG, WHEN, full_quota
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

MAY_HOLD = (Rule.REVIEW_FLAGGED, Rule.SAFETY_UNKNOWN)
"""The most that can hold a member's pictures at once."""


def _policies() -> Iterator[PolicyHere]:
    models = frozenset(ModelId(f"{number}-{'m' * 60}") for number in range(99))
    full = ChannelSettings(
        safe_mode=False,
        allowed_models=models,
        forbidden_models=frozenset(ModelId(f"no-{model}") for model in models),
        commands=frozenset(),
        slow_mode_s=21_600,
        private_images=PrivateImages.MODERATORS,
    )
    for layer in Layer:
        pause = Pause(PausedPlace(GuildId(HIGHEST_ID), layer, HIGHEST_ID), WHEN, LONG[:300])
        rules = rules_of([(layer, full)], age_restricted=False)
        yield PolicyHere(ChannelId(HIGHEST_ID), rules, pause, 10_000)
    bare = rules_of([], age_restricted=True)
    yield PolicyHere(ChannelId(1), bare, Pause(PAUSED_EVERYWHERE, WHEN, ""), 0)
    yield PolicyHere(ChannelId(1), bare, None, 1)


@samples_of(channel_panel)
def _(words: Words) -> Iterator[Sample]:
    for here in _policies():
        yield channel_panel(here, words)


def _explanations() -> Iterator[Explanation]:
    member = Place(
        user_id=UserId(HIGHEST_ID),
        guild_id=GuildId(HIGHEST_ID),
        channel_id=ChannelId(HIGHEST_ID),
        locale="en-US",
    )
    for here in _policies():
        for is_moderator in (True, False):
            place = replace(member, manages_messages=is_moderator)
            yield Explanation(place, here, full_quota(), MAY_HOLD)


@samples_of(explanation_panel)
def _(words: Words) -> Iterator[Sample]:
    for explanation in _explanations():
        yield explanation_panel(explanation, words)


@samples_of(why_panel)
def _(words: Words) -> Iterator[Sample]:
    for explanation in _explanations():
        for rule in OF_THE_GATE:
            yield why_panel(rule, explanation, words)


@samples_of(setup_panel)
def _(words: Words) -> Iterator[Sample]:
    for here in _policies():
        for walk in (Walk(), Walk((1,)), Walk((1, 2)), Walk((0, 0, 3)), Walk((1, 1, 2, 1))):
            yield setup_panel(walk, here, words)


@samples_of(setup_done_panel)
def _(words: Words) -> Iterator[Sample]:
    for here in _policies():
        yield setup_done_panel(here, words)


@samples_of(setup_left_panel)
def _(words: Words) -> Iterator[Sample]:
    yield setup_left_panel(words)


@samples_of(terms_panel)
def _(words: Words) -> Iterator[Sample]:
    for kind, length in ((TermKind.WORD, 100), (TermKind.PATTERN, 200)):
        term = ListedTerm(Term("w" * length, kind, "en"), AccountKey("key"), WHEN)
        yield terms_panel([term] * 10_000, words)
    yield terms_panel([], words)


@samples_of(term_test_panel)
def _(words: Words) -> Iterator[Sample]:
    found = tuple(TermFound(Term(LONG[:100]), LONG, disguise) for disguise in Disguise)
    yield term_test_panel(TermTest(found * 25, always_forbidden=True), words)
    yield term_test_panel(TermTest((), always_forbidden=False), words)


@samples_of(terms_file_panel)
def _(words: Words) -> Iterator[Sample]:
    yield terms_file_panel(words)


def _acts() -> Iterator[LoggedAct]:
    """One of each kind, at its longest."""
    for act in Act:
        entry = AuditEntry(
            at=WHEN,
            guild_id=GuildId(HIGHEST_ID),
            account=AccountKey("key"),
            act=act,
            subject=LONG,
            detail=LONG,
            reason="_" * REASON_LIMIT,
            times=1_000_000,
            last_at=WHEN,
        )
        for user_id in (UserId(HIGHEST_ID), None):
            yield LoggedAct(entry, user_id, HIGHEST_ID)


@samples_of(log_panel)
def _(words: Words) -> Iterator[Sample]:
    everything = LogQuery(
        act=Act.QUOTA_SETTINGS_SET,
        user_id=UserId(HIGHEST_ID),
        channel_id=ChannelId(HIGHEST_ID),
        text="_" * 100,
        since=WHEN,
    )
    for logged in _acts():
        for query in (everything, LogQuery()):
            yield log_panel(LogPage("a" * 12, query, (logged,) * ACTS_SHOWN, 9_998, True), words)
    yield log_panel(LogPage("a" * 12, everything, (), 0, False), words)


@samples_of(told_panel)
def _(words: Words) -> Iterator[Sample]:
    for logged in _acts():
        yield told_panel((logged,) * ENTRIES_AT_ONCE, words)


@samples_of(log_table_panel)
def _(words: Words) -> Iterator[Sample]:
    for is_whole in (True, False):
        yield log_table_panel(LogTable(b"", 20_000, is_whole), words)
