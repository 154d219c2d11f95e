"""The words of `/preset` and `/defaults`."""

from collections.abc import Sequence

from bot.domain.flags import Options, render_flags
from bot.domain.preferences.defaults import Defaults, DefaultsScope
from bot.domain.preferences.preset import Preset
from bot.text.quoting import as_code, as_plain
from bot.text.words import N_, Words

_LONGEST_OPTIONS = 300
_LONGEST_PROMPT = 120

_SCOPES = {
    DefaultsScope.MEMBER: N_("Yours"),
    DefaultsScope.CHANNEL: N_("This channel's"),
    DefaultsScope.SERVER: N_("This server's"),
}


def preset_saved(preset: Preset, *, replaced: bool, words: Words) -> str:
    """What was saved, and how to use it."""
    name = as_code(preset.name)
    saved = (
        words("The preset {name} is saved, in place of the former one.", name=name)
        if replaced
        else words("The preset {name} is saved.", name=name)
    )
    return f"{saved} {words('`/preset use` paints by it, and `/imagine` takes it as `preset`.')}"


def preset_deleted(name: str, words: Words) -> str:
    """That a preset is gone."""
    return words("The preset {name} is deleted.", name=as_code(name))


def preset_lines(presets: Sequence[Preset], words: Words) -> str:
    """Every preset with what it says, or how to save the first."""
    if not presets:
        return words("You have no presets yet. `/preset save` keeps options under a name.")
    return "\n".join(_preset_line(preset) for preset in presets)


def defaults_line(scope: DefaultsScope, defaults: Defaults, words: Words) -> str:
    """Whose defaults, and which."""
    parts = [*_options(defaults.options), *_settings(defaults, words)]
    return f"**{words(_SCOPES[scope])}**: {' · '.join(parts) or words('none')}"


def effective_line(options: Options, words: Words) -> str:
    """What all layers together come to."""
    shown = " ".join(_options(options)) or words("the bot's own")
    return words("Together, for your prompts here: {options}", options=shown)


def defaults_order(words: Words) -> str:
    """Which layer counts more."""
    return words(
        "What you say in a prompt counts most, then a preset, then your defaults, the channel's, "
        "the server's. A default that a model does not take is left out."
    )


def _preset_line(preset: Preset) -> str:
    parts = [
        *([as_plain(preset.prompt, _LONGEST_PROMPT)] if preset.prompt else []),
        *_options(preset.options),
    ]
    return f"**{as_code(preset.name)}** {' '.join(parts)}"


def _options(options: Options) -> list[str]:
    """The options as they would be typed as flags."""
    flags = render_flags(options)
    return [as_code(flags, _LONGEST_OPTIONS)] if flags else []


def _settings(defaults: Defaults, words: Words) -> list[str]:
    """What a server alone has."""
    settings = []
    if defaults.hide_watermark is not None:
        settings.append(
            words("without a watermark") if defaults.hide_watermark else words("with a watermark")
        )
    if defaults.embed_exif_metadata is not None:
        settings.append(
            words("with metadata in the files")
            if defaults.embed_exif_metadata
            else words("without metadata in the files")
        )
    return settings
