"""A second backend: any server that speaks OpenAI's shape, `POST {url}/images/generations`.

The route knows no seed: the seed of a picture is not sent, and the same seed does not paint the
same picture again. What else of a recipe it cannot carry is refused before anything is sent.
"""

from collections.abc import Awaitable, Callable
from dataclasses import fields
from math import log

from pydantic import ValidationError

from bot.domain.asking.request import Recipe
from bot.domain.jobs.failure import FailureReason, ImageFailure, PaintingError
from bot.domain.jobs.painting import Painting
from bot.domain.sizing import PixelSize, SizeChoice
from bot.domain.sizing.ratio import read_ratio
from bot.venice.client import VeniceClient
from bot.venice.errors import VeniceError
from bot.venice.painter import failure_of, failure_of_request, painting_of
from bot.venice.wire.generations import GenerationsRequest, SizeName

_CARRIED = frozenset(
    {"prompt", "model", "model_name", "size", "safe_mode", "quality", "image_format"}
)
_SIZES: dict[SizeName, tuple[int, int]] = {
    "256x256": (256, 256),
    "512x512": (512, 512),
    "1024x1024": (1024, 1024),
    "1536x1024": (1536, 1024),
    "1024x1536": (1024, 1536),
    "1792x1024": (1792, 1024),
    "1024x1792": (1024, 1792),
}
_USUAL_AREA_PX = 1024 * 1024
"""The area of a picture of which only the ratio was asked."""


class OpenAIPainter:
    """Paints by a server of OpenAI's shape.

    Args:
        client: sends, with the server's URL and key.
    """

    def __init__(self, client: VeniceClient) -> None:
        self._client = client

    async def paint(
        self, recipe: Recipe, *, seed: int, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        """Paint one image; the answer carries no signals, unless the server is Venice.

        Args:
            recipe: what to paint.
            seed: not sent, see above.
            before_send: awaited once, when the first try is about to leave.

        Raises:
            PaintingError: with the reason, and whether it may have been billed.
        """
        del seed
        unsupported = unsupported_options(recipe)
        if unsupported:
            detail = f"this image service cannot take: {', '.join(unsupported)}"
            raise PaintingError(ImageFailure(FailureReason.REJECTED, detail=detail))
        try:
            answer = await self._client.generations(_request(recipe), before_send=before_send)
        except ValidationError as error:
            raise PaintingError(failure_of_request(error)) from error
        except VeniceError as error:
            raise PaintingError(failure_of(error)) from error
        return painting_of(answer)


def unsupported_options(recipe: Recipe) -> tuple[str, ...]:
    """The options of a recipe that the route cannot carry, by name; those left unset do not count.

    An option that nobody has taught this module is one of them.
    """
    return tuple(
        option.name
        for option in fields(recipe)
        if option.name not in _CARRIED and getattr(recipe, option.name) != option.default
    )


def nearest_size(size: SizeChoice) -> SizeName:
    """The route's size that is nearest in ratio, then in area; `auto` where no ratio is known."""
    if isinstance(size, PixelSize):
        ratio, area_px = size.ratio, size.area
    else:
        asked = read_ratio(size.aspect_ratio)
        if asked is None:
            return "auto"
        ratio, area_px = asked, _USUAL_AREA_PX

    def distance(name: SizeName) -> tuple[float, float]:
        width, height = _SIZES[name]
        return abs(log(width / height / ratio)), abs(log(width * height / area_px))

    return min(_SIZES, key=distance)


def _request(recipe: Recipe) -> GenerationsRequest:
    return GenerationsRequest(
        prompt=recipe.prompt,
        model=recipe.model,
        moderation="auto" if recipe.safe_mode else "low",
        size=nearest_size(recipe.size),
        quality=recipe.quality.value if recipe.quality else None,
        output_format=recipe.image_format,
        response_format="b64_json",
    )
