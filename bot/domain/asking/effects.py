"""Which settings that a member gave have no effect on the model they chose.

Where each rule comes from:

- Steps count on pixel-sized models that list a maximum, and are ignored elsewhere, although the
  model list shows steps for most models (Venice, GET /models and POST /image/generate).
- Web search works where the model list says `supportsWebSearch`, and style references where it
  says `supportsStyleReferences`; a reference that is sent to another model is refused with a 400,
  so neither is sent where it is not supported.
- Many models drop the negative prompt without a word, and the model list does not say which; the
  same is feared of guidance. Both belong to a diffusion sampler, as steps do, so that they are
  trusted where the model is pixel-sized and doubted where it is not.
- The LoRA strength "only applies if the model uses additional Loras" (POST /image/generate), and
  the model list does not say which do.

A quality on a model that lists none is an error, not a setting without effect.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.flags import Options
from bot.domain.models.image_model import ImageModel, PixelSizing


class Setting(StrEnum):
    """A setting that not every model heeds, by the name of its option."""

    NEGATIVE = "negative"
    STEPS = "steps"
    GUIDANCE = "guidance"
    LORA_STRENGTH = "lora_strength"
    WEB_SEARCH = "web_search"
    REFERENCE = "reference"


class Effect(StrEnum):
    """How sure it is that a setting does nothing."""

    NO_EFFECT = "no_effect"
    MAY_BE_IGNORED = "may_be_ignored"


@dataclass(frozen=True, slots=True)
class IgnoredSetting:
    """A setting that was given and does nothing, or perhaps nothing."""

    setting: Setting
    effect: Effect


def settings_in(options: Options) -> frozenset[Setting]:
    """The settings that a member gave; what is given as off does not count."""
    given = {
        Setting.NEGATIVE: options.negative is not None,
        Setting.STEPS: options.steps is not None,
        Setting.GUIDANCE: options.guidance is not None,
        Setting.LORA_STRENGTH: options.lora_strength is not None,
        Setting.WEB_SEARCH: bool(options.web_search),
    }
    return frozenset(setting for setting, is_given in given.items() if is_given)


def heeds(model: ImageModel, setting: Setting) -> bool:
    """Whether a setting is worth sending: it works, or nobody can tell that it does not."""
    return _effect(model, setting) is not Effect.NO_EFFECT


def ignored_settings(model: ImageModel, given: Collection[Setting]) -> tuple[IgnoredSetting, ...]:
    """The given settings that the model ignores or may ignore, in the order of `Setting`."""
    effects = {setting: _effect(model, setting) for setting in Setting if setting in given}
    return tuple(
        IgnoredSetting(setting, effect) for setting, effect in effects.items() if effect is not None
    )


def _effect(model: ImageModel, setting: Setting) -> Effect | None:
    """None where the setting works, as far as can be told."""
    is_pixel_sized = isinstance(model.sizing, PixelSizing)
    match setting:
        case Setting.STEPS:
            works = is_pixel_sized and model.steps_max is not None
            return None if works else Effect.NO_EFFECT
        case Setting.WEB_SEARCH:
            return None if model.web_search else Effect.NO_EFFECT
        case Setting.REFERENCE:
            return None if model.max_style_references else Effect.NO_EFFECT
        case Setting.NEGATIVE | Setting.GUIDANCE:
            return None if is_pixel_sized else Effect.MAY_BE_IGNORED
        case Setting.LORA_STRENGTH:
            return Effect.MAY_BE_IGNORED
