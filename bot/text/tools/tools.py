"""The words of what was done with pictures."""

from bot.domain.asking.any_recipe import AnyRecipe, AnyRequest, prompt_of
from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.tools.recipes import BlendRecipe, CutOutRecipe, EditRecipe, UpscaleRecipe
from bot.domain.tools.request import (
    BlendRequest,
    CutOutRequest,
    EditRequest,
    Tool,
    UpscaleRequest,
)
from bot.text.words import N_, Words

_MADE: dict[Tool, str] = {
    Tool.EDIT: N_("an edit"),
    Tool.BLEND: N_("a blend"),
    Tool.UPSCALE: N_("an upscaled picture"),
    Tool.CUT_OUT: N_("a cut-out"),
}


def work_of(asked: AnyRequest | AnyRecipe, words: Words) -> str | None:
    """What a tool was asked to do; None for a painting, whose prompt says it."""
    match asked:
        case ImageRequest() | Recipe():
            return None
        case EditRequest() | EditRecipe():
            return words("Edit")
        case BlendRequest(sources=()) | BlendRecipe(inputs=()):
            return words("Blend")
        case BlendRequest(sources=pictures) | BlendRecipe(inputs=pictures):
            return words.plural(
                "Blend of {count} picture", "Blend of {count} pictures", len(pictures)
            )
        case UpscaleRequest(scale=scale) | UpscaleRecipe(scale=scale):
            return words("Upscale {scale}×", scale=scale)
        case CutOutRequest() | CutOutRecipe():
            return words("Cut-out")


def description_of(asked: AnyRequest | AnyRecipe, words: Words) -> str:
    """What a picture shows, as far as it was said: the prompt, else what was done."""
    return prompt_of(asked) or work_of(asked, words) or ""


def made_by(tool: Tool, words: Words) -> str:
    """What a picture is that a tool made."""
    return words(_MADE[tool])
