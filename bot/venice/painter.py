"""The bot's painter: recipes in, pictures out, failures as reasons that a job can keep."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.domain.asking.request import Recipe
from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure, PaintingError
from bot.domain.jobs.painting import Painting
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.sizing import PixelSize, RatioChoice, SizeChoice, TierChoice
from bot.venice.answers import ImageAnswer
from bot.venice.client import VeniceClient
from bot.venice.errors import (
    AnswerLost,
    AtCapacity,
    ContentViolation,
    MemberMustAct,
    ModelNotFound,
    OperatorMustAct,
    PaymentRequired,
    RateLimited,
    TimeMustPass,
    VeniceError,
)
from bot.venice.payment import PaymentInstructions
from bot.venice.wire.generate import GenerateImageRequest, StyleReference

_REASONS: tuple[tuple[type[VeniceError], FailureReason], ...] = (
    (ContentViolation, FailureReason.CONTENT_VIOLATION),
    (ModelNotFound, FailureReason.MODEL_GONE),
    (MemberMustAct, FailureReason.REJECTED),
    (PaymentRequired, FailureReason.OUT_OF_FUNDS),
    (OperatorMustAct, FailureReason.NOT_CONFIGURED),
    (RateLimited, FailureReason.RATE_LIMITED),
    (AtCapacity, FailureReason.AT_CAPACITY),
    (TimeMustPass, FailureReason.UNREACHABLE),
)
"""The first class that fits decides."""


class VenicePainter:
    """Paints by the Venice API.

    Args:
        client: sends.
        path_of: where a stored picture lies that a recipe names as a style reference.
    """

    def __init__(self, client: VeniceClient, path_of: Callable[[StoredPicture], Path]) -> None:
        self._client = client
        self._path_of = path_of

    async def paint(
        self, recipe: Recipe, *, seed: int, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        """Paint one image.

        A picture that breaks the API's content rules is a painting whose signals say so.

        Args:
            recipe: what to paint.
            seed: by which it can be painted again.
            before_send: awaited once, when the first try is about to leave.

        Raises:
            PaintingError: with the reason, and whether it may have been billed.
        """
        try:
            references = tuple(map(self._path_of, recipe.references))
            request = _request(recipe, seed, references)
            return painting_of(await self._client.generate(request, before_send=before_send))
        except ValidationError as error:
            raise PaintingError(failure_of_request(error)) from error
        except VeniceError as error:
            raise PaintingError(failure_of(error)) from error


def painting_of(answer: ImageAnswer) -> Painting:
    """An answer as the domain's value."""
    return Painting(
        body=answer.body,
        signals=answer.facts.signals,
        request_id=answer.facts.request_id,
        duration_ms=answer.facts.duration_ms,
        enhanced_prompt=answer.facts.enhanced_prompt,
    )


def failure_of(error: VeniceError) -> ImageFailure:
    """Why an image was not made, as its record keeps it."""
    if isinstance(error, AnswerLost):
        reason = FailureReason.TIMED_OUT if error.timed_out else FailureReason.UNREACHABLE
        return ImageFailure(reason, Billing.MAYBE_BILLED, error.explanation, error.request_id)
    reason = next(reason for kind, reason in _REASONS if isinstance(error, kind))
    return ImageFailure(reason, Billing.NOT_BILLED, _detail(error), error.request_id)


def failure_of_request(error: ValidationError) -> ImageFailure:
    """The same for a request that cannot even be made."""
    issues = (
        f"{'.'.join(map(str, issue['loc']))}: {issue['msg']}"
        for issue in error.errors(include_url=False, include_input=False)
    )
    return ImageFailure(FailureReason.REJECTED, detail="; ".join(issues))


def _detail(error: VeniceError) -> str:
    if isinstance(error, PaymentRequired):
        return "; ".join([error.explanation, *_how_to_pay(error.instructions)])
    if isinstance(error, AtCapacity) and error.alternatives:
        return f"{error.explanation}; others: {', '.join(error.alternatives)}"
    return error.explanation


def _how_to_pay(instructions: PaymentInstructions) -> Iterator[str]:
    """What is left, and the API's own steps, for the operator."""
    if instructions.balance_usd is not None:
        yield f"${instructions.balance_usd} left"
    if instructions.minimum_balance_usd is not None:
        yield f"a request needs ${instructions.minimum_balance_usd}"
    yield from (f"{number}. {step}" for number, step in enumerate(instructions.steps, start=1))


def _request(recipe: Recipe, seed: int, references: tuple[Path, ...]) -> GenerateImageRequest:
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
        steps=recipe.steps,
        cfg_scale=recipe.guidance,
        lora_strength=recipe.lora_strength,
        style_preset=recipe.style,
        style_references=tuple(StyleReference(image=path) for path in references) or None,
        format=recipe.image_format,
        hide_watermark=recipe.hide_watermark or None,
        embed_exif_metadata=recipe.embed_exif_metadata or None,
        enable_web_search=recipe.web_search or None,
        enhance_prompt=recipe.enhance or None,
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
