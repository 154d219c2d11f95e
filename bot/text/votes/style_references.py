"""The words about pictures that guide what is painted in a style."""

from bot.domain.styles.references import Guided
from bot.text.quoting import as_code
from bot.text.words import Words


def reference_added(guided: Guided, words: Words) -> str:
    """That a style has a picture more, and whether its model takes it."""
    count = words.plural(
        "{count} reference picture guides what is painted in the style {style} now.",
        "{count} reference pictures guide what is painted in the style {style} now.",
        guided.count,
        style=as_code(guided.style.name),
    )
    return " ".join([count, *_not_taken(guided, words)])


def reference_removed(guided: Guided, words: Words) -> str:
    """That a style has a picture less."""
    if not guided.count:
        return words(
            "The style {style} has no reference pictures now.", style=as_code(guided.style.name)
        )
    return words.plural(
        "The picture is gone. {count} still guides the style {style}; later ones moved up.",
        "The picture is gone. {count} still guide the style {style}; later ones moved up.",
        guided.count,
        style=as_code(guided.style.name),
    )


def _not_taken(guided: Guided, words: Words) -> list[str]:
    model = guided.model
    if model is None or model.max_style_references >= guided.count:
        return []
    name = as_code(model.name)
    if not model.max_style_references:
        return [
            words("{model} does not take any: members are told so before they pay.", model=name)
        ]
    return [
        words.plural(
            "{model} takes the first {count}.",
            "{model} takes the first {count}.",
            model.max_style_references,
            model=name,
        )
    ]
