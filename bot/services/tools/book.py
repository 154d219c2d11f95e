"""From what a member asked of a tool to what will be done: the model and its options.

Everything here is answered from memory, as in `recipes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.asking.choices import nearest
from bot.domain.asking.prompt import clean_prompt
from bot.domain.asking.quality import chosen_quality
from bot.domain.asking.request import ImageFormat
from bot.domain.errors import ModelOffline, NotServing, UnknownModel
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.models.image_model import ImageModel
from bot.domain.tools.edit_shape import edit_shape
from bot.domain.tools.errors import PictureCountWrong, ToolUnavailable
from bot.domain.tools.limits import check_sources, upscaled_size
from bot.domain.tools.recipes import (
    BlendRecipe,
    CutOutRecipe,
    EditRecipe,
    ToolRecipe,
    UpscaleRecipe,
)
from bot.domain.tools.request import (
    FEWEST_BLENDED,
    BlendRequest,
    CutOutRequest,
    EditRequest,
    SourcePicture,
    Tool,
    ToolRequest,
    UpscaleRequest,
)
from bot.services.ports import ModelCatalogue
from bot.services.tools.ports import ToolCatalogue


@dataclass(frozen=True, slots=True)
class ToolDraft:
    """A recipe and the model it fits."""

    model: ImageModel
    recipe: ToolRecipe


class ToolBook:
    """Writes recipes for tools by the rules of the catalogue."""

    def __init__(self, catalogue: ModelCatalogue, tools: ToolCatalogue) -> None:
        self._catalogue = catalogue
        self._tools = tools

    def draft(self, request: ToolRequest, *, image_format: ImageFormat) -> ToolDraft:
        """The recipe for a request; what an edit makes is asked for in `image_format`.

        Raises:
            MemberError: if the request breaks a rule of the bot, the API or the model.
            NotServing: if no catalogue has been read yet.
        """
        match request:
            case EditRequest():
                return self._edit(request, image_format)
            case BlendRequest():
                return self._blend(request, image_format)
            case UpscaleRequest():
                return self._upscale(request)
            case CutOutRequest():
                return self._cut_out(request)

    def edit_model(self, name: str | None, *, pictures: int = 1) -> ImageModel:
        """The model of that name, or the first that takes so many pictures.

        Raises:
            UnknownModel: if there is none of that name, with the nearest.
            ModelOffline: if it is switched off at the API.
            PictureCountWrong: if it takes fewer pictures.
            ToolUnavailable: if the backend has no model that changes pictures.
            NotServing: if no catalogue has been read yet.
        """
        tool = Tool.EDIT if pictures == 1 else Tool.BLEND
        usable = self._tools.edit_models()
        if not usable:
            raise self._unavailable(tool)
        model = self._named(name, usable) if name else _default(usable, pictures)
        if pictures > model.max_input_images:
            raise PictureCountWrong(pictures, FEWEST_BLENDED, model.max_input_images)
        return model

    def upscaler(self) -> ImageModel:
        """The model that makes pictures larger.

        Raises:
            ToolUnavailable: if the backend has none.
            NotServing: if no catalogue has been read yet.
        """
        return self._found(self._tools.upscaler(), Tool.UPSCALE)

    def _named(self, name: str, usable: Sequence[ImageModel]) -> ImageModel:
        model = self._tools.find_edit_model(name)
        alike = nearest((each.id for each in usable), name)
        if model is None:
            raise UnknownModel(name, alike)
        if model.offline:
            raise ModelOffline(model.id, alike)
        return model

    def _found(self, model: ImageModel | None, tool: Tool) -> ImageModel:
        if model is None:
            raise self._unavailable(tool)
        return model

    def _unavailable(self, tool: Tool) -> ToolUnavailable | NotServing:
        """A backend whose models are not known yet may well have tools."""
        return ToolUnavailable(tool) if self._catalogue.models() else NotServing()

    def _edit(self, request: EditRequest, image_format: ImageFormat) -> ToolDraft:
        model = self.edit_model(request.model)
        check_sources(request)
        shape = edit_shape(model.sizing, aspect=request.aspect, size=request.size)
        recipe = EditRecipe(
            prompt=clean_prompt(request.prompt, model_limit=model.prompt_limit),
            model=model.id,
            model_name=model.name,
            inputs=_pictures(request.sources),
            safe_mode=True,
            aspect_ratio=shape.aspect_ratio,
            resolution=shape.resolution,
            image_format=image_format,
        )
        return ToolDraft(model, recipe)

    def _blend(self, request: BlendRequest, image_format: ImageFormat) -> ToolDraft:
        check_sources(request)
        model = self.edit_model(request.model, pictures=len(request.sources))
        shape = edit_shape(model.sizing, aspect=request.aspect, size=request.size)
        recipe = BlendRecipe(
            prompt=clean_prompt(request.prompt, model_limit=model.prompt_limit),
            model=model.id,
            model_name=model.name,
            inputs=_pictures(request.sources),
            safe_mode=True,
            aspect_ratio=shape.aspect_ratio,
            resolution=shape.resolution,
            quality=chosen_quality(model, request.quality),
            image_format=image_format,
        )
        return ToolDraft(model, recipe)

    def _upscale(self, request: UpscaleRequest) -> ToolDraft:
        model = self.upscaler()
        check_sources(request)
        size = upscaled_size(request.source, request.scale)
        recipe = UpscaleRecipe(
            model=model.id,
            model_name=model.name,
            inputs=_pictures(request.sources),
            scale=request.scale,
            width=size.width,
            height=size.height,
            known_safe=request.source.known_safe,
        )
        return ToolDraft(model, recipe)

    def _cut_out(self, request: CutOutRequest) -> ToolDraft:
        model = self._found(self._tools.cutout_model(), Tool.CUT_OUT)
        check_sources(request)
        recipe = CutOutRecipe(
            model=model.id,
            model_name=model.name,
            inputs=_pictures(request.sources),
            known_safe=request.source.known_safe,
        )
        return ToolDraft(model, recipe)


def _default(usable: Sequence[ImageModel], pictures: int) -> ImageModel:
    """The first that takes so many pictures, else the one that takes most.

    An uncensored model is for those who name it, unless there is no other.
    """
    offered = [model for model in usable if not model.uncensored] or usable
    enough = [model for model in offered if model.max_input_images >= pictures]
    return enough[0] if enough else max(offered, key=lambda model: model.max_input_images)


def _pictures(sources: Sequence[SourcePicture]) -> tuple[StoredPicture, ...]:
    return tuple(source.picture for source in sources)
