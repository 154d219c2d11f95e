"""The words of merging one style into another."""

from bot.domain.styles.merging import Merge, MergeScope
from bot.text.quoting import as_code
from bot.text.words import Words


def merge_question(merge: Merge, words: Words) -> str:
    """What is asked."""
    return words("Merge {style} into {into}? This cannot be undone.", **_names(merge))


def merge_lines(merge: Merge, scope: MergeScope, words: Words) -> list[str]:
    """What a merge concerns, a sentence a line."""
    names = _names(merge)
    lines = [
        words.plural(
            "{count} vote for {style} counts for {into} then.",
            "{count} votes for {style} count for {into} then.",
            scope.votes,
            **names,
        ),
        words.plural(
            "{count} battle of {style} counts for {into} then.",
            "{count} battles of {style} count for {into} then.",
            scope.battles - scope.meetings,
            **names,
        ),
    ]
    if scope.meetings:
        lines.append(
            words.plural(
                "{count} battle between the two counts for nothing any more.",
                "{count} battles between the two count for nothing any more.",
                scope.meetings,
            )
        )
    if scope.open_meetings:
        lines.append(
            words.plural(
                "{count} open battle between the two is called off.",
                "{count} open battles between the two are called off.",
                scope.open_meetings,
            )
        )
    if scope.references:
        lines.append(
            words.plural(
                "{count} picture that guides {style} is deleted.",
                "{count} pictures that guide {style} are deleted.",
                scope.references,
                **names,
            )
        )
    lines.append(
        words.plural(
            "{count} preset of members here names {style}, and means {into} then, as defaults do.",
            "{count} presets of members here name {style}, and mean {into} then, as defaults do.",
            scope.presets,
            **names,
        )
    )
    return lines


def merge_button(merge: Merge, words: Words) -> str:
    """What the button says that goes ahead; names are at most 32 characters each."""
    return words("Merge {style} into {into}", style=merge.folded.name, into=merge.into.name)


def merged(merge: Merge, words: Words) -> str:
    """That it is done."""
    return words(
        "{style} is merged into {into}. Whoever asks for {style} gets {into} from now on.",
        **_names(merge),
    )


def _names(merge: Merge) -> dict[str, str]:
    return {"style": as_code(merge.folded.name), "into": as_code(merge.into.name)}
