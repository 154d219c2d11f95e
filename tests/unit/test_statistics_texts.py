"""The words, charts and messages of statistics, in every language."""

from datetime import UTC, date, datetime
from itertools import pairwise

import discord
import pytest

from bot.domain.chart import ColumnChart, scale
from bot.domain.ids import ModelId, UserId
from bot.domain.money import UsdMicros
from bot.domain.quotas.limits import OF_THE_BOT, UNLIMITED, Unit
from bot.domain.quotas.quota import QuotaLine, QuotaStatus
from bot.domain.quotas.row import QuotaRow
from bot.domain.quotas.windows import DAY
from bot.domain.statistics.statistics import (
    Grain,
    ModelSeries,
    Period,
    Spending,
    Statistics,
    StatisticsQuery,
    Topic,
    Whose,
    timeline,
)
from bot.services.quotas.spending_report import SpendingReport
from bot.text.dates import span_name
from bot.text.quotas import quota_chart as quota_text
from bot.text.statistics import statistics as text
from bot.text.words import Words, languages, words_for
from bot.ui.parts.panel import MAX_TEXT
from bot.ui.quotas.quota_chart import quota_chart
from bot.ui.quotas.quota_panel import quota_rows
from bot.ui.quotas.spending_chart import MOST_MEMBERS, spending_chart
from bot.ui.quotas.spending_panel import spending_files, spending_panel
from bot.ui.statistics.charts import statistics_chart
from bot.ui.statistics.panel import stats_panel

EN = words_for("en-US")
NOW = datetime(2026, 5, 21, 12, tzinfo=UTC)
EVERY_LANGUAGE = [words_for(language) for language in languages()]


def make_statistics(period: Period, *, models: int = 2, name: str = "Model") -> Statistics:
    line = timeline(period, NOW, UTC)
    spans = range(len(line.days))
    return Statistics(
        whose=Whose.SERVER,
        period=period,
        timeline=line,
        models=tuple(
            ModelSeries(
                f"{name} {number}",
                tuple(span + number for span in spans),
                tuple(UsdMicros(12_000 * span) for span in spans),
            )
            for number in range(models)
        ),
        members=tuple(spans),
        total_members=100,
        with_cost=True,
    )


@pytest.mark.parametrize("words", EVERY_LANGUAGE, ids=languages())
@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("topic", Topic)
def test_every_chart_has_a_scale_above_its_columns(
    topic: Topic, period: Period, words: Words
) -> None:
    chart = statistics_chart(make_statistics(period), topic, words)

    columns = [sum(column) for column in zip(*(each.values for each in chart.series), strict=True)]
    assert chart.value_marks[0].at == 0
    assert chart.value_marks[-1].at >= max(columns) * (1 - 1e-9)
    assert len({mark.label for mark in chart.value_marks}) == len(chart.value_marks)


@pytest.mark.parametrize("period", Period)
def test_labels_under_the_columns_are_evenly_spaced_and_end_at_the_last(period: Period) -> None:
    line = timeline(period, NOW, UTC)

    marks = [mark.at for mark in text.time_marks(line, EN)]

    assert marks[-1] == len(line.days) - 1
    assert len({later - earlier for earlier, later in pairwise(marks)}) == 1
    assert len(marks) <= 12


def test_a_chart_says_unit_and_time() -> None:
    chart = statistics_chart(make_statistics(Period.QUARTER), Topic.COST, EN)

    assert chart.title == "Cost over time"
    assert chart.subtitle.startswith("US dollars per week · Feb 23")
    assert [mark.label for mark in chart.value_marks][:2] == ["$0.00", "$0.10"]


def test_many_models_share_the_last_colour() -> None:
    chart = statistics_chart(make_statistics(Period.WEEK, models=9), Topic.MODELS, EN)

    assert [series.name for series in chart.series] == [
        "Model 8 · 77",
        "Model 7 · 70",
        "Model 6 · 63",
        "Model 5 · 56",
        "Model 4 · 49",
        "Others · 126",
    ]


def test_a_chart_is_told_in_words() -> None:
    statistics = make_statistics(Period.WEEK)

    assert text.alt_text(statistics, Topic.MEMBERS, EN) == (
        "Members who painted, members per day · May 15\u2009–\u200921, 2026. "
        "100 members painted. The most: 6 (May 21)."
    )
    assert text.summary(statistics, Topic.MODELS, EN) == (
        "49 images in all. Most of them by: Model 0 21, Model 1 28."
    )
    assert text.summary(statistics, Topic.COST, EN) == "$0.504 in all. The most: $0.144 (May 21)."


def test_a_sum_of_dollars_is_told_in_cents() -> None:
    statistics = make_statistics(Period.MONTH)

    assert text.summary(statistics, Topic.COST, EN).startswith("$10.44 in all.")


@pytest.mark.parametrize("cost", [0.0004, 0.03, 0.7, 1.3, 29.0, 12_345.0])
def test_marks_of_money_have_as_many_decimals_as_they_need(cost: float) -> None:
    labels = [mark.label for mark in text.money_marks(scale(cost, whole=False), EN)]

    assert len(set(labels)) == len(labels)
    assert len({len(label.partition(".")[2]) for label in labels}) == 1


def test_spans_are_named_by_their_first_day() -> None:
    assert span_name(Grain.DAY, date(2026, 5, 4), EN) == "May 4"
    assert span_name(Grain.WEEK, date(2026, 5, 4), EN) == "week of May 4"
    assert span_name(Grain.MONTH, date(2026, 5, 1), EN) == "May 2026"


def texts_in(view: discord.ui.LayoutView) -> str:
    return "".join(
        item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)
    )


@pytest.mark.parametrize("words", EVERY_LANGUAGE, ids=languages())
@pytest.mark.parametrize("topic", Topic)
def test_the_longest_message_has_room(topic: Topic, words: Words) -> None:
    statistics = make_statistics(Period.YEAR, models=60, name="m" * 100)
    view = stats_panel(statistics, StatisticsQuery(topic, Whose.SERVER, Period.YEAR), words)

    [gallery] = [item for item in view.walk_children() if isinstance(item, discord.ui.MediaGallery)]
    assert len(gallery.items[0].description or "") <= 1_024
    assert len(texts_in(view)) <= MAX_TEXT


def make_report(*user_ids: int | None) -> SpendingReport:
    model = ModelId("flux")
    return SpendingReport(
        start=datetime(2026, 5, 1, tzinfo=UTC),
        end=datetime(2026, 6, 1, tzinfo=UTC),
        lines=tuple(
            Spending(
                user_id=None if user_id is None else UserId(user_id),
                model=model,
                images=2,
                usd_micros=UsdMicros(1_000_000 - at),
            )
            for at, user_id in enumerate(user_ids)
        ),
        model_names={model: "Flux"},
    )


def test_the_report_has_a_bar_for_each_member_by_name() -> None:
    chart = spending_chart(make_report(1, 2, None), {UserId(1): "alice"}, EN)

    assert chart.names == ("alice", "2", "former members")
    assert chart.totals == ("$1.00", "$0.999999", "$0.999998")
    assert chart.subtitle == "US dollars · May 1\u2009–\u200931, 2026"


def test_members_beyond_the_first_few_share_a_bar() -> None:
    chart = spending_chart(make_report(*range(1, 21)), {}, EN)

    assert len(chart.names) == MOST_MEMBERS
    assert chart.names[-1] == "13 others"


async def test_the_report_is_a_message_with_a_chart_and_a_table() -> None:
    report = make_report(1, 2, None)
    chart = spending_chart(report, {}, EN)

    view = spending_panel(report, chart, EN)

    assert "<@1> · $1.00 (2 images)" in texts_in(view)
    assert "former members · " in texts_in(view)
    assert "6 images for $3.00." in texts_in(view)
    assert [file.filename for file in spending_files(report, b"png")] == [
        "gondola-spending.png",
        "gondola-spending.csv",
    ]


async def test_a_report_of_nothing_says_so() -> None:
    view = spending_panel(make_report(), None, EN)

    assert "Nothing was spent in this time." in texts_in(view)


def make_row(*, used: int, reserved: int = 0, limit: int | None, unit: Unit) -> QuotaRow:
    return QuotaRow("Today", unit, used, reserved, limit, NOW)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            make_row(used=15, reserved=4, limit=25, unit=Unit.IMAGES),
            "Today: 19 of 25, 6 left · 4 reserved.",
        ),
        (
            make_row(used=5_000_000, limit=5_000_000, unit=Unit.USD_MICROS),
            "Today: $5.00 of $5.00, $0.00 left.",
        ),
        (make_row(used=1_200, limit=None, unit=Unit.IMAGES), "Today: 1,200, no limit."),
    ],
)
def test_a_quota_is_told_in_words(row: QuotaRow, said: str) -> None:
    assert quota_text.alt_text([row], EN) == said


@pytest.mark.parametrize(
    ("row", "used", "reserved"),
    [
        (make_row(used=15, reserved=5, limit=20, unit=Unit.IMAGES), 0.75, 0.25),
        (make_row(used=40, limit=20, unit=Unit.IMAGES), 1.0, 0.0),
        (make_row(used=0, limit=0, unit=Unit.IMAGES), 1.0, 0.0),
        (make_row(used=9, limit=None, unit=Unit.IMAGES), None, 0.0),
    ],
)
def test_a_bar_is_filled_by_its_share(row: QuotaRow, used: float | None, reserved: float) -> None:
    [bar] = quota_chart([row], EN).bars

    assert (bar.used, bar.reserved) == (used, reserved)


def test_a_quota_without_a_limit_has_no_bar() -> None:
    line = QuotaLine(
        unit=Unit.IMAGES,
        window=DAY,
        most=UNLIMITED,
        used=3,
        left=None,
        resets_at=NOW,
        source=OF_THE_BOT,
    )

    assert quota_rows(QuotaStatus(lines=(line,)), EN) == ()


def test_equal_statistics_are_one_picture() -> None:
    """The studio keeps pictures by their chart."""
    charts: set[ColumnChart] = {
        statistics_chart(make_statistics(Period.WEEK), Topic.MODELS, EN) for _ in range(2)
    }

    assert len(charts) == 1
