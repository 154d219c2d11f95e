"""What paintings and pictures made of pictures have in common, asked for and done."""

from dataclasses import replace

from bot.domain.asking.request import ImageFormat, ImageRequest, Recipe
from bot.domain.ids import BattleId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.models.image_model import Quality
from bot.domain.sizing import PixelSize
from bot.domain.tools.recipes import (
    BlendRecipe,
    CutOutRecipe,
    EditRecipe,
    ToolRecipe,
    UpscaleRecipe,
)
from bot.domain.tools.request import (
    WIPED_SOURCE,
    BlendRequest,
    CutOutRequest,
    EditRequest,
    Tool,
    ToolRequest,
    UpscaleRequest,
)

AnyRequest = ImageRequest | ToolRequest
AnyRecipe = Recipe | ToolRecipe


def prompt_of(asked: AnyRequest | AnyRecipe) -> str:
    """The prompt; empty where there is none to give."""
    match asked:
        case UpscaleRequest() | CutOutRequest() | UpscaleRecipe() | CutOutRecipe():
            return ""
        case _:
            return asked.prompt


def tool_of(asked: AnyRequest | AnyRecipe) -> Tool | None:
    """The tool that is used; None for a painting."""
    return None if isinstance(asked, ImageRequest | Recipe) else asked.tool


def size_of(recipe: AnyRecipe) -> str | None:
    """The size that was asked for, in the model's idiom; None where the input's own was kept."""
    match recipe:
        case Recipe(size=size):
            return str(size)
        case UpscaleRecipe(width=width, height=height):
            return str(PixelSize(width, height))
        case EditRecipe() | BlendRecipe():
            return " · ".join(filter(None, (recipe.aspect_ratio, recipe.resolution))) or None
        case CutOutRecipe():
            return None


def style_of(recipe: AnyRecipe) -> str | None:
    """The style preset; only paintings have one."""
    return recipe.style if isinstance(recipe, Recipe) else None


def server_style_of(request: AnyRequest) -> str | None:
    """The id of the server's style that was asked for; only paintings have one."""
    return request.server_style if isinstance(request, ImageRequest) else None


def battle_of(request: AnyRequest) -> BattleId | None:
    """The battle that it was painted for; only paintings are."""
    return request.battle if isinstance(request, ImageRequest) else None


def is_blind(request: AnyRequest) -> bool:
    """Whether it is painted for a battle that has not ended: nobody may know what by."""
    return request.private and battle_of(request) is not None


def negative_of(recipe: AnyRecipe) -> str | None:
    """The negative prompt; only paintings have one."""
    return recipe.negative if isinstance(recipe, Recipe) else None


def quality_of(recipe: AnyRecipe) -> Quality | None:
    """The quality level, where the model has any."""
    return recipe.quality if isinstance(recipe, Recipe | BlendRecipe) else None


def format_of(recipe: AnyRecipe) -> ImageFormat | None:
    """The format that was asked for, where it can be."""
    return None if isinstance(recipe, UpscaleRecipe | CutOutRecipe) else recipe.image_format


def has_extras(recipe: AnyRecipe) -> bool:
    """Whether the API was asked for more than pictures, for which it charges as it sees fit."""
    return isinstance(recipe, Recipe) and (recipe.enhance or recipe.web_search)


def inputs_of(recipe: AnyRecipe) -> tuple[StoredPicture, ...]:
    """The stored pictures that it cannot be done without."""
    return recipe.references if isinstance(recipe, Recipe) else recipe.inputs


def lent_pictures(request: AnyRequest) -> frozenset[StoredPicture]:
    """The pictures of other results that a tool was asked to work on."""
    if isinstance(request, ImageRequest):
        return frozenset()
    return frozenset(source.picture for source in request.sources if source.parent is not None)


def made_safely(recipe: AnyRecipe) -> bool:
    """Whether safe mode watched over it, or over that which it is made of."""
    if isinstance(recipe, UpscaleRecipe | CutOutRecipe):
        return recipe.known_safe
    return recipe.safe_mode


def published_request(request: AnyRequest) -> AnyRequest:
    """The request behind a picture that is now shown to everybody; its sources stay private."""
    match request:
        case ImageRequest():
            return replace(request, private=False, images=1, references=())
        case BlendRequest():
            return replace(request, private=False, sources=())
        case EditRequest() | UpscaleRequest() | CutOutRequest():
            return replace(request, private=False, source=WIPED_SOURCE)


def published_recipe(recipe: AnyRecipe) -> AnyRecipe:
    """The recipe of the same; what was made of a private picture cannot be made again by others."""
    if isinstance(recipe, Recipe):
        return replace(recipe, references=())
    return replace(recipe, inputs=())


def wiped_request(request: AnyRequest) -> AnyRequest:
    """The request without its member's words and pictures."""
    match request:
        case ImageRequest():
            return replace(request, prompt="", negative=None, references=())
        case EditRequest():
            return replace(request, prompt="", source=WIPED_SOURCE)
        case BlendRequest():
            return replace(request, prompt="", sources=())
        case UpscaleRequest() | CutOutRequest():
            return replace(request, source=WIPED_SOURCE)


def wiped_recipe(recipe: AnyRecipe) -> AnyRecipe:
    """The recipe without its member's words and pictures."""
    match recipe:
        case Recipe():
            return replace(recipe, prompt="", negative=None, references=())
        case EditRecipe() | BlendRecipe():
            return replace(recipe, prompt="", inputs=())
        case UpscaleRecipe() | CutOutRecipe():
            return replace(recipe, inputs=())
