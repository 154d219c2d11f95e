"""What a tool costs, by the recipe that says what it does."""

from bot.domain.models.image_model import ImageModel
from bot.domain.models.pricing import price_of_cutout, price_of_edit, price_of_upscale
from bot.domain.money import UsdMicros
from bot.domain.tools.recipes import (
    BlendRecipe,
    CutOutRecipe,
    EditRecipe,
    ToolRecipe,
    UpscaleRecipe,
)


def price_of_tool(model: ImageModel, recipe: ToolRecipe) -> UsdMicros | None:
    """The price in micro-dollars, or None if the catalogue does not say."""
    match recipe:
        case EditRecipe(inputs=inputs, resolution=resolution):
            return price_of_edit(model, input_images=len(inputs), resolution=resolution)
        case BlendRecipe(inputs=inputs, resolution=resolution, quality=quality):
            return price_of_edit(
                model, input_images=len(inputs), resolution=resolution, quality=quality
            )
        case UpscaleRecipe(scale=scale):
            return price_of_upscale(model, scale=scale)
        case CutOutRecipe():
            return price_of_cutout(model)
