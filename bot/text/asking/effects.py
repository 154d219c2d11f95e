"""The words for settings that have no effect on the chosen model."""

from collections.abc import Iterable

from bot.domain.asking.effects import Effect, IgnoredSetting
from bot.text.quoting import as_code, listed
from bot.text.words import Words


def explain_ignored(
    ignored: Iterable[IgnoredSetting], words: Words, *, model_name: str
) -> list[str]:
    """At most two sentences: on what has no effect, and on what may have none."""
    by_effect: dict[Effect, list[str]] = {effect: [] for effect in Effect}
    for one in ignored:
        by_effect[one.effect].append(one.setting.value)
    return [
        _sentence(effect, options, words, model_name)
        for effect, options in by_effect.items()
        if options
    ]


def _sentence(effect: Effect, options: list[str], words: Words, model_name: str) -> str:
    values = {"options": listed(options), "model": as_code(model_name)}
    match effect:
        case Effect.NO_EFFECT:
            return words.plural(
                "{options} has no effect on {model}.",
                "{options} have no effect on {model}.",
                len(options),
                **values,
            )
        case Effect.MAY_BE_IGNORED:
            return words("{model} may ignore {options}.", **values)
