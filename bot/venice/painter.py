"""The bot's painter: recipes in, pictures out, failures as reasons that a job can keep."""

from collections.abc import Awaitable, Callable

from pydantic import ValidationError

from bot.domain.failure import Billing, FailureReason, ImageFailure, PaintingError
from bot.domain.painting import Painting
from bot.domain.request import Recipe
from bot.domain.sizing import PixelSize, RatioChoice, SizeChoice, TierChoice
from bot.venice.client import VeniceClient
from bot.venice.errors import (
    AnswerLost,
    AtCapacity,
    AuthenticationFailed,
    CircuitOpen,
    ContentViolation,
    ModelNotFound,
    PaymentRequired,
    RateLimited,
    RequestRejected,
    VeniceError,
)
from bot.venice.wire import GenerateImageRequest

_REASONS: tuple[tuple[type[VeniceError], FailureReason], ...] = (
    (ContentViolation, FailureReason.CONTENT_VIOLATION),
    (ModelNotFound, FailureReason.MODEL_GONE),
    (RequestRejected, FailureReason.REJECTED),
    (AuthenticationFailed, FailureReason.NOT_CONFIGURED),
    (PaymentRequired, FailureReason.OUT_OF_FUNDS),
    (RateLimited, FailureReason.RATE_LIMITED),
    (AtCapacity, FailureReason.AT_CAPACITY),
    (CircuitOpen, FailureReason.AT_CAPACITY),
)


class VenicePainter:
    """Paints by the Venice API."""

    def __init__(self, client: VeniceClient) -> None:
        self._client = client

    async def paint(
        self, recipe: Recipe, *, seed: int, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        """Paint one image.

        Raises:
            PaintingError: with the reason, and whether it may have been billed.
        """
        try:
            request = _request(recipe, seed)
            image = await self._client.generate(request, before_send=before_send)
        except ValidationError as error:
            detail = "; ".join(issue["msg"] for issue in error.errors(include_url=False))
            failure = ImageFailure(FailureReason.REJECTED, detail=detail)
            raise PaintingError(failure) from error
        except VeniceError as error:
            raise PaintingError(failure_of(error)) from error
        return Painting(
            body=image.body,
            signals=image.signals,
            request_id=image.request_id,
            duration_ms=image.duration_ms,
            enhanced_prompt=image.enhanced_prompt,
        )


def failure_of(error: VeniceError) -> ImageFailure:
    """Why an image was not made, as its record keeps it."""
    if isinstance(error, AnswerLost):
        reason = FailureReason.TIMED_OUT if error.timed_out else FailureReason.UNREACHABLE
        return ImageFailure(reason, Billing.MAYBE_BILLED, str(error), error.request_id)
    reason = next(
        (reason for kind, reason in _REASONS if isinstance(error, kind)), FailureReason.UNREACHABLE
    )
    return ImageFailure(reason, Billing.NOT_BILLED, _detail(error), error.request_id)


def _detail(error: VeniceError) -> str:
    return f"{error.message}: {'; '.join(error.issues)}" if error.issues else error.message


def _request(recipe: Recipe, seed: int) -> GenerateImageRequest:
    width, height, aspect_ratio, resolution = _size_fields(recipe.size)
    return GenerateImageRequest(
        model=recipe.model,
        prompt=recipe.prompt,
        safe_mode=recipe.safe_mode,
        negative_prompt=recipe.negative,
        width=width,
        height=height,
        aspect_ratio=aspect_ratio,
        resolution=resolution,
        quality=recipe.quality.value if recipe.quality else None,
        seed=seed,
        style_preset=recipe.style,
        format=recipe.image_format,
    )


def _size_fields(size: SizeChoice) -> tuple[int | None, int | None, str | None, str | None]:
    """Width, height, aspect ratio and resolution: only those of the model's own idiom."""
    match size:
        case PixelSize(width=width, height=height):
            return width, height, None, None
        case RatioChoice(aspect_ratio=ratio):
            return None, None, ratio, None
        case TierChoice(aspect_ratio=ratio, resolution=tier):
            return None, None, ratio, tier
