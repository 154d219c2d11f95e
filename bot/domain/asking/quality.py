"""Quality levels: the one a member asked for, where the model lists any."""

from bot.domain.errors import QualityNotTaken, UnknownQuality
from bot.domain.models.image_model import ImageModel, Quality


def chosen_quality(model: ImageModel, asked: str | None) -> Quality | None:
    """The level that was asked for, in any case, or the model's default.

    Raises:
        QualityNotTaken: if the model has no quality levels.
        UnknownQuality: if it has others.
    """
    if not asked:
        return model.default_quality
    if not model.qualities:
        raise QualityNotTaken(model.id)
    for quality in model.qualities:
        if quality.value == asked.strip().lower():
            return quality
    raise UnknownQuality(asked, model.qualities)
