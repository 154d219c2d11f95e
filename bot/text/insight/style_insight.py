"""The words of `/stats styles`, in the message and in its charts."""

from babel.numbers import format_percent

from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.style_insight import FEWEST_VOTES, BestStyle, StyleInsight, StyleTrend
from bot.domain.insight.style_tally import StyleTally
from bot.domain.statistics.statistics import Grain
from bot.text.dates import interval, months
from bot.text.quoting import as_name
from bot.text.statistics.statistics import period
from bot.text.words import N_, Words

_KINDS = {
    PromptKind.PEOPLE: N_("People"),
    PromptKind.ANIMALS: N_("Animals"),
    PromptKind.NATURE: N_("Nature"),
    PromptKind.BUILDINGS: N_("Buildings"),
    PromptKind.FOOD: N_("Food"),
    PromptKind.MACHINES: N_("Machines"),
    PromptKind.FANTASY: N_("Fantasy"),
    PromptKind.ABSTRACT: N_("Abstract"),
    PromptKind.LETTERING: N_("Lettering"),
    PromptKind.OTHER: N_("Other"),
}
_TIME_AXES = {
    Grain.WEEK: N_("week in which the pictures were painted"),
    Grain.MONTH: N_("month in which the pictures were painted"),
}
_LEADS = {
    Grain.WEEK: N_("It came first in {led} of {spans} weeks with votes."),
    Grain.MONTH: N_("It came first in {led} of {spans} months with votes."),
}

_NAME_CHARS = 24
_CHARS_IN_A_LINE = 40


def heading(insight: StyleInsight, words: Words) -> str:
    """What the message is about."""
    parts = [f"**{words('The styles that do best')}**", period(insight.query.period, words)]
    return " · ".join([*parts, *map(as_name, _narrowed(insight, words))])


def kind_name(kind: PromptKind, words: Words) -> str:
    """A kind of prompt as members know it."""
    return words(_KINDS[kind])


def bars_title(insight: StyleInsight, words: Words) -> str:
    """What the bars are: styles, or kinds with the best style of each."""
    if insight.query.kind is None:
        return words("The best style for each kind of prompt")
    kind = kind_name(insight.query.kind, words)
    return words("The styles that do best: {kind}", kind=kind)


def trend_title(words: Words) -> str:
    """What the lines are."""
    return words("The best styles over time")


def subtitle(insight: StyleInsight, words: Words) -> str:
    """The time that a chart is about, and what it is narrowed to."""
    line = insight.timeline
    between = months if line.grain is Grain.MONTH else interval
    return " · ".join([between(line.days[0], line.today, words), *_narrowed(insight, words)])


def bars_axis(insight: StyleInsight, words: Words) -> str:
    """What each bar is of."""
    return words("kind of prompt") if insight.query.kind is None else words("style")


def share_axis(words: Words) -> str:
    """What lengths and heights are."""
    return words("votes in favour, at least (%)")


def time_axis(insight: StyleInsight, words: Words) -> str:
    """What stands under the lines."""
    return words(_TIME_AXES[insight.timeline.grain])


def bar_name(best: BestStyle[PromptKind], words: Words) -> str:
    """A kind and its best style, beside a bar."""
    return f"{kind_name(best.group, words)}: {short(best.name or '')}"


def legend_name(style: StyleTrend, words: Words) -> str:
    """A style in the legend, with its share."""
    return f"{short(style.name)} {share(style.tally, words)}"


def short(name: str) -> str:
    """A name on one line of a chart."""
    flat = " ".join(name.split())
    return flat if len(flat) <= _NAME_CHARS else f"{flat[:_NAME_CHARS].rstrip()}…"


def share(tally: StyleTally, words: Words) -> str:
    """What share of votes is in favour at least."""
    return str(format_percent(tally.score, locale=words.locale))


def too_few(insight: StyleInsight, words: Words) -> str:
    """That nothing can be said yet, how many votes there are, and what helps."""
    return words(
        "Too few votes to say anything: {evidence} in a style in this time, and a style needs "
        "{fewest} votes. Press 👍 or 👎 under pictures that were painted in a style.",
        evidence=_evidence(insight.total, words),
        fewest=FEWEST_VOTES,
    )


def table(insight: StyleInsight, words: Words) -> list[str]:
    """The same as text: by kind of prompt or style by style, and by model."""
    parts = []
    if insight.query.kind is None:
        parts.append(
            _section(
                words("By kind of prompt"),
                [_best_line(kind_name(best.group, words), best, words) for best in insight.by_kind],
            )
        )
    else:
        styles = enumerate(insight.shown, start=1)
        parts.append("\n".join(_style_line(rank, style, words) for rank, style in styles))
    if insight.by_model:
        parts.append(
            _section(
                words("By model"),
                [
                    _best_line(as_name(best.group, _CHARS_IN_A_LINE), best, words)
                    for best in insight.by_model
                ],
            )
        )
    return parts


def how_counted(words: Words) -> str:
    """What the numbers are."""
    return words(
        "The share is what the part of 👍 is at least, by a confidence of 95 %; votes of new "
        "members weigh less. A picture counts when it was painted. Kinds are told by the words of "
        "a prompt alone, and are sometimes wrong."
    )


def bars_alt_text(insight: StyleInsight, words: Words) -> str:
    """The bars for those who do not see them, the main finding first."""
    if insight.query.kind is None:
        told = [best for best in insight.by_kind if best.name is not None]
        best = max(told, key=lambda each: each.tally.score)
        finding = words(
            "The clearest: {style} for {kind}, at least {share} in favour.",
            style=best.name,
            kind=kind_name(best.group, words),
            share=share(best.tally, words),
        )
        named = [f"{bar_name(each, words)} {share(each.tally, words)}" for each in told]
    else:
        finding = _first_finding(insight, words)
        named = [f"{short(each.name)} {share(each.tally, words)}" for each in insight.shown]
    return f"{bars_title(insight, words)}. {finding} {'; '.join(named)}"


def trend_alt_text(insight: StyleInsight, words: Words) -> str:
    """The lines for those who do not see them, the main finding first."""
    led, spans = insight.lead
    lead = words(_LEADS[insight.timeline.grain], led=led, spans=spans)
    named = "; ".join(legend_name(style, words) for style in insight.lines)
    shown = f"{trend_title(words)}, {subtitle(insight, words)}."
    return f"{_first_finding(insight, words)} {lead} {shown} {named}"


def _first_finding(insight: StyleInsight, words: Words) -> str:
    first = insight.styles[0]
    return words(
        "{style} does best: at least {share} in favour, by {evidence}.",
        style=first.name,
        share=share(first.tally, words),
        evidence=_evidence(first.tally, words),
    )


def _narrowed(insight: StyleInsight, words: Words) -> list[str]:
    kind, model = insight.query.kind, insight.model_name
    named = [] if kind is None else [kind_name(kind, words)]
    return named if model is None else [*named, short(model)]


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([f"**{title}**", *lines])


def _best_line(group: str, best: BestStyle[PromptKind] | BestStyle[str], words: Words) -> str:
    evidence = _evidence(best.tally, words)
    if best.name is None:
        return words("{group}: too few votes ({evidence})", group=group, evidence=evidence)
    shown = f"**{as_name(best.name, _CHARS_IN_A_LINE)}** · {share(best.tally, words)}"
    return f"{group}: {shown} · {evidence}"


def _style_line(rank: int, style: StyleTrend, words: Words) -> str:
    evidence = _evidence(style.tally, words)
    name = as_name(style.name, _CHARS_IN_A_LINE)
    return f"{rank}. **{name}** · {share(style.tally, words)} · {evidence}"


def _evidence(tally: StyleTally, words: Words) -> str:
    """How many votes there are, and on how many pictures."""
    votes = words.plural("{count} vote", "{count} votes", tally.vote_count)
    pictures = words.plural("{count} picture", "{count} pictures", tally.pictures)
    return words("{votes} on {pictures}", votes=votes, pictures=pictures)
