"""Samples of the messages about members: strikes, blocks and reports."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.conduct.bars import Block
from bot.domain.conduct.conduct import Consequence, Standing, Strike, StrikeRules
from bot.domain.conduct.notice import ConductNews, ConductNotice
from bot.domain.conduct.strikes import GivenStrike, Record
from bot.domain.gate.pause import EVERYWHERE
from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.moderation.audit import REASON_LIMIT
from bot.domain.moderation.report import REASON_LIMIT as REPORT_REASON_LIMIT
from bot.domain.moderation.report_case import OpenCase, Verdict
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.services.moderation.report_cases import CASES_SHOWN, Decided
from bot.text.words import Words
from bot.ui.moderation.cases_panel import cases_panel, decided_panel
from bot.ui.moderation.member_messages import conduct_panel
from bot.ui.moderation.people_panel import blocks_panel, record_panel
from tests.contract.sample_values import HIGHEST_ID, LONG, SHOWN_AT, WHEN
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

_REASON = LONG[:REASON_LIMIT]
_RULES = StrikeRules(warn_at=100, pause_at=100, block_at=100, counts_for=timedelta(days=365))


@samples_of(record_panel)
def _(words: Words) -> Iterator[Sample]:
    strikes = tuple(
        GivenStrike(
            id=f"{number:016}",
            guild_id=GuildId(HIGHEST_ID),
            user_id=UserId(HIGHEST_ID),
            strike=Strike(WHEN, WHEN + _RULES.counts_for),
            reason=_REASON,
            account=BOT_ACCOUNT,
        )
        for number in range(100)
    )
    for consequence in Consequence:
        for until in (WHEN, None):
            stands = Standing(consequence, len(strikes), until)
            yield record_panel(Record(UserId(HIGHEST_ID), strikes, stands, _RULES), words)
    nothing = Standing(Consequence.NONE, 0)
    yield record_panel(Record(UserId(1), (), nothing, StrikeRules()), words)


@samples_of(blocks_panel)
def _(words: Words) -> Iterator[Sample]:
    for guild_id in (GuildId(HIGHEST_ID), EVERYWHERE):
        block = Block(
            guild_id=guild_id,
            user_id=UserId(HIGHEST_ID),
            since=WHEN,
            until=WHEN,
            reason=_REASON,
        )
        yield blocks_panel([block, replace(block, until=None)] * 500, words)
    yield blocks_panel([], words)


@samples_of(conduct_panel)
def _(words: Words) -> Iterator[Sample]:
    for news in ConductNews:
        notice = ConductNotice(
            id="0123456789abcdef",
            user_id=UserId(HIGHEST_ID),
            guild_id=GuildId(HIGHEST_ID),
            news=news,
            reason=_REASON,
            until=WHEN,
            strikes=100,
            created_at=WHEN,
            cancelled=1_000,
        )
        yield conduct_panel(notice, "\\*" * 50, words)
        yield conduct_panel(replace(notice, guild_id=EVERYWHERE, until=None), None, words)
        yield conduct_panel(replace(notice, cancelled=0, strikes=1), None, words)


@samples_of(cases_panel)
def _(words: Words) -> Iterator[Sample]:
    case = OpenCase(
        image_id=ImageId("0123456789abcdef"),
        guild_id=GuildId(HIGHEST_ID),
        author=UserId(HIGHEST_ID),
        hidden=True,
        reports=9_999,
        reason=LONG[:REPORT_REASON_LIMIT],
        first_at=WHEN,
        shown=SHOWN_AT,
    )
    many = [replace(case, image_id=ImageId(f"{n:016}")) for n in range(CASES_SHOWN + 1)]
    yield cases_panel(many, words)
    yield cases_panel([replace(case, hidden=False, shown=None, reports=1)], words)
    yield cases_panel([], words)


@samples_of(decided_panel)
def _(words: Words) -> Iterator[Sample]:
    for verdict in Verdict:
        decided = Decided(
            ImageId("0123456789abcdef"), verdict, UserId(HIGHEST_ID), UserId(HIGHEST_ID)
        )
        yield decided_panel(["x" * 3_000, "-# y"], decided, words)
