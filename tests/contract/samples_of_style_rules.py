"""Samples of what merges styles and says who may take part; see `message_samples`."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.domain.ids import GuildId, RoleId, UserId
from bot.domain.styles.merging import Merge, MergeScope
from bot.domain.styles.server_style import MAX_STYLE_NAME, ServerStyle, StyleDraft
from bot.domain.voting.taking_part import NO_RULES, Circle, CircleKind, Doing, Rules
from bot.services.styles.merging import MergeQuestion
from bot.text.words import Words
from bot.ui.votes.style_merging_panel import merge_question_panel, merged_panel
from bot.ui.votes.taking_part_panel import rules_panel
from tests.contract.sample_values import HIGHEST_ID
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

MANY = 999_999
NOTHING = MergeScope(votes=0, battles=0, meetings=0, open_meetings=0, presets=0, references=0)
ALL = MergeScope(
    votes=MANY, battles=MANY, meetings=MANY, open_meetings=20, presets=MANY, references=3
)


def style(letter: str, *, length: int) -> ServerStyle:
    return ServerStyle(
        id="f" * 16 + "-60",
        guild_id=GuildId(1),
        draft=StyleDraft(name=letter * length, template="{prompt}"),
        author_id=UserId(1),
        created_at=datetime(2026, 5, 4, tzinfo=UTC),
    )


LONGEST = Merge(style("W", length=MAX_STYLE_NAME), style("`", length=MAX_STYLE_NAME))
BAREST = Merge(style("a", length=1), style("b", length=1))


@samples_of(merge_question_panel)
def merge_questions(words: Words) -> Iterator[Sample]:
    yield merge_question_panel(MergeQuestion(LONGEST, ALL), words)
    yield merge_question_panel(MergeQuestion(BAREST, NOTHING), words)


@samples_of(merged_panel)
def merges(words: Words) -> Iterator[Sample]:
    yield merged_panel(LONGEST, words)


@samples_of(rules_panel)
def rules(words: Words) -> Iterator[Sample]:
    of_a_role = Circle(CircleKind.ROLE, RoleId(HIGHEST_ID))
    yield rules_panel(Rules(dict.fromkeys(Doing, of_a_role)), words)
    yield rules_panel(NO_RULES, words)
