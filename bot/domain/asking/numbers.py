"""The numbers of a request that the image model works by, each held to its range.

Steps go from 1 to the model's own maximum; the ranges of guidance and of LoRA strength are the
same for every model (Venice, POST /image/generate).
"""

from bot.domain.asking.effects import Setting, heeds
from bot.domain.asking.request import ImageRequest
from bot.domain.asking.wish_errors import SettingOutOfRange
from bot.domain.flags import HIGHEST_GUIDANCE, HIGHEST_LORA_STRENGTH
from bot.domain.models.image_model import ImageModel


def steps_of(request: ImageRequest, model: ImageModel) -> int | None:
    """The steps to ask for; None where none were given, or the model ignores them.

    Raises:
        SettingOutOfRange: if the model takes no so many.
    """
    steps = request.steps
    if steps is None or not heeds(model, Setting.STEPS):
        return None
    highest = model.steps_max or steps
    if not 1 <= steps <= highest:
        raise SettingOutOfRange(Setting.STEPS, steps, 1, highest, model.id)
    return steps


def guidance_of(request: ImageRequest, model: ImageModel) -> float | None:
    """The guidance to ask for, above 0.

    Raises:
        SettingOutOfRange: if it is out of the API's range.
    """
    guidance = request.guidance
    if guidance is not None and not 0 < guidance <= HIGHEST_GUIDANCE:
        raise SettingOutOfRange(Setting.GUIDANCE, guidance, 0, HIGHEST_GUIDANCE, model.id)
    return guidance


def lora_strength_of(request: ImageRequest, model: ImageModel) -> int | None:
    """The LoRA strength to ask for.

    Raises:
        SettingOutOfRange: if it is out of the API's range.
    """
    strength = request.lora_strength
    if strength is not None and not 0 <= strength <= HIGHEST_LORA_STRENGTH:
        raise SettingOutOfRange(Setting.LORA_STRENGTH, strength, 0, HIGHEST_LORA_STRENGTH, model.id)
    return strength
