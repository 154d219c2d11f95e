"""The bot's retoucher: pictures made of pictures, by the routes that take some."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.domain.jobs.failure import PaintingError
from bot.domain.jobs.painting import Painting
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.tools.recipes import (
    BlendRecipe,
    CutOutRecipe,
    EditRecipe,
    ToolRecipe,
    UpscaleRecipe,
)
from bot.venice.answers import ImageAnswer
from bot.venice.calls import BeforeSend
from bot.venice.client import VeniceClient
from bot.venice.errors import VeniceError
from bot.venice.painter import failure_of, failure_of_request, painting_of
from bot.venice.wire.edit import EditAspectRatio, EditImageRequest, MultiEditImageRequest
from bot.venice.wire.retouch import RemoveBackgroundRequest, UpscaleImageRequest

_ASPECT: TypeAdapter[EditAspectRatio | None] = TypeAdapter(EditAspectRatio | None)


class VeniceRetoucher:
    """Works on pictures by the Venice API. They travel as files, never as base64.

    Args:
        client: sends.
        path_of: where a stored picture lies.
    """

    def __init__(self, client: VeniceClient, path_of: Callable[[StoredPicture], Path]) -> None:
        self._client = client
        self._path_of = path_of

    async def retouch(
        self, recipe: ToolRecipe, *, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        """Make one picture.

        What breaks the API's content rules is a failure here, not a picture with signals.

        Args:
            recipe: what to do, and with which stored pictures.
            before_send: awaited once, when the first try is about to leave.

        Raises:
            PaintingError: with the reason, and whether it may have been billed.
        """
        try:
            return painting_of(await self._sent(recipe, before_send))
        except ValidationError as error:
            raise PaintingError(failure_of_request(error)) from error
        except VeniceError as error:
            raise PaintingError(failure_of(error)) from error

    async def _sent(self, recipe: ToolRecipe, before_send: BeforeSend) -> ImageAnswer:
        paths = tuple(map(self._path_of, recipe.inputs))
        match recipe:
            case EditRecipe():
                return await self._client.edit(_edit(recipe, paths[0]), before_send=before_send)
            case BlendRecipe():
                return await self._client.multi_edit(_blend(recipe, paths), before_send=before_send)
            case UpscaleRecipe(scale=scale):
                larger = UpscaleImageRequest(image=paths[0], scale=scale)
                return await self._client.upscale(larger, before_send=before_send)
            case CutOutRecipe():
                cut = RemoveBackgroundRequest(image=paths[0])
                return await self._client.remove_background(cut, before_send=before_send)


def _edit(recipe: EditRecipe, path: Path) -> EditImageRequest:
    return EditImageRequest(
        model=recipe.model,
        prompt=recipe.prompt,
        image=path,
        safe_mode=recipe.safe_mode,
        aspect_ratio=_ASPECT.validate_python(recipe.aspect_ratio),
        resolution=recipe.resolution,
        output_format=recipe.image_format,
    )


def _blend(recipe: BlendRecipe, paths: tuple[Path, ...]) -> MultiEditImageRequest:
    return MultiEditImageRequest(
        model=recipe.model,
        prompt=recipe.prompt,
        images=paths,
        safe_mode=recipe.safe_mode,
        aspect_ratio=_ASPECT.validate_python(recipe.aspect_ratio),
        resolution=recipe.resolution,
        quality=recipe.quality.value if recipe.quality else None,
        output_format=recipe.image_format,
    )
