"""Which style is said to do best, and when nothing is said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ImageId, ModelId
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_insight import (
    FEWEST_VOTES,
    BestStyle,
    InsightQuery,
    StyleInsight,
    best_of,
    span_names,
    trends,
)
from bot.domain.insight.style_tally import NOTHING, StyledPicture, StyleTally, cells_of
from bot.domain.statistics.statistics import Period, timeline
from bot.domain.voting.vote import Tally
from bot.text.insight import style_insight as text
from bot.text.words import words_for
from bot.ui.insight.panel import insight_charts

NOW = datetime(2026, 5, 21, 12, tzinfo=UTC)
LINE = timeline(Period.QUARTER, NOW, UTC)
SPANS = span_names(LINE)
ENGLISH = words_for("en")


def tally(ups: int, downs: int, pictures: int = 1) -> StyleTally:
    return StyleTally(pictures, Tally(ups, downs, 1_000 * ups, 1_000 * downs))


def insight(**overrides: object) -> StyleInsight:
    found = [(SPANS[0], "Noir", tally(1, 9)), (SPANS[-1], "Noir", tally(0, 1))]
    found += [(SPANS[0], "Neon", tally(19, 1, 4)), (SPANS[-2], "Neon", tally(5, 0))]
    found += [(SPANS[1], "Rare", tally(4, 0))]
    plain = StyleInsight(
        query=InsightQuery(period=Period.QUARTER),
        timeline=LINE,
        model_name=None,
        total=sum((each for _, _, each in found), start=NOTHING),
        styles=trends(found, SPANS, str),
        by_kind=(
            BestStyle(PromptKind.FOOD, "Neon", tally(19, 1, 4)),
            BestStyle(PromptKind.NATURE, None, tally(2, 1, 2)),
        ),
    )
    return replace(plain, **overrides)  # type: ignore[arg-type]


def test_a_quarter_is_thirteen_weeks_and_a_year_twelve_months() -> None:
    assert (len(SPANS), SPANS[0], SPANS[-1]) == (13, "2026-W09", "2026-W21")
    months = span_names(timeline(Period.YEAR, NOW, UTC))
    assert (len(months), months[0], months[-1]) == (12, "2025-06", "2026-05")


def test_styles_come_by_what_their_share_is_at_least_and_not_with_few_votes() -> None:
    found = insight().styles

    assert [style.name for style in found] == ["Neon", "Noir"]
    assert found[0].tally == tally(24, 1, 5)
    assert found[0].spans[0] == tally(19, 1, 4)
    assert insight().lead == (2, 3)


def test_the_best_of_a_group_has_enough_votes() -> None:
    styles = {"a": tally(FEWEST_VOTES - 1, 0), "b": tally(4, 3), "c": tally(5, 3)}

    assert best_of("food", styles, str) == BestStyle("food", "c", tally(5, 3))
    few = {"a": tally(2, 0), "b": tally(1, 1)}
    assert best_of("food", few, str) == BestStyle("food", None, tally(3, 1, 2))


@given(
    picture=st.builds(
        StyledPicture,
        image_id=st.just(ImageId("image")),
        style=st.sampled_from(["a", "b"]),
        model=st.just(ModelId("m")),
        kind=st.sampled_from(PromptKind),
        painted_at=st.integers(0, 800).map(lambda days: NOW - timedelta(days=days)),
    )
)
def test_a_picture_is_in_one_week_and_one_month_of_all_and_of_its_own(
    picture: StyledPicture,
) -> None:
    cells = list(cells_of(picture))

    assert len(cells) == len(set(cells)) == 8
    assert len({cell.span for cell in cells}) == 2
    assert {cell.kind for cell in cells} == {None, picture.kind}
    assert {cell.model for cell in cells} == {None, picture.model}


def test_the_table_says_the_best_of_each_kind_with_its_votes_and_pictures() -> None:
    [by_kind] = text.table(insight(), ENGLISH)

    assert by_kind.splitlines() == [
        "**By kind of prompt**",
        "Food: **Neon** · 76% · 20 votes on 4 pictures",
        "Nature: too few votes (3 votes on 2 pictures)",
    ]


def test_the_description_of_a_chart_says_its_main_finding() -> None:
    assert "The clearest: Neon for Food, at least 76% in favour." in text.bars_alt_text(
        insight(), ENGLISH
    )
    over_time = text.trend_alt_text(insight(), ENGLISH)
    assert over_time.startswith(
        "Neon does best: at least 80% in favour, by 25 votes on 5 pictures. "
        "It came first in 2 of 3 weeks with votes."
    )


def test_too_few_votes_make_a_sentence_that_says_how_many_and_no_chart() -> None:
    few = insight(styles=(), total=tally(2, 1, 2))

    assert insight_charts(few, ENGLISH) == {}
    assert text.too_few(few, ENGLISH).startswith(
        "Too few votes to say anything: 3 votes on 2 pictures in a style"
    )


def test_kinds_without_a_best_style_have_no_bar() -> None:
    shown = insight_charts(insight(), ENGLISH)
    alone = insight_charts(insight(by_kind=insight().by_kind[1:]), ENGLISH)

    assert list(shown) == ["gondola-styles.png", "gondola-styles-over-time.png"]
    assert list(alone) == ["gondola-styles-over-time.png"]
