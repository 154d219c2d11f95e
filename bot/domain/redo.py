"""Asking again: the requests that the buttons under a result make."""

import re
from dataclasses import dataclass, replace

from bot.domain.ids import ImageId
from bot.domain.job import Job
from bot.domain.request import ImageRequest
from bot.domain.sizing import AUTO, parse_wish

_SPACED_SIGN = re.compile(r"(?<=\d)\s*([:/x×*])\s*(?=\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remix:
    """What a member wrote into the remix form; blank where they want nothing of the kind.

    `shape` is an aspect ratio, a size, or both, such as `16:9`, `1280x720` or `3:2 2K`.
    """

    prompt: str
    model: str = ""
    shape: str = ""
    negative: str = ""
    style: str = ""


def rerolled(job: Job) -> ImageRequest:
    """The same request with new seeds, on the same model even where the default has changed."""
    return replace(job.request, model=job.recipe.model, seed=None)


def varied(job: Job) -> ImageRequest:
    """The same request for one picture, with a new seed."""
    return replace(rerolled(job), images=1)


def remixed(job: Job, remix: Remix) -> ImageRequest:
    """The request with what the member changed. Another model has levels of quality of its own."""
    model = remix.model.strip() or None
    aspect, size = _read_shape(remix.shape)
    return replace(
        job.request,
        prompt=remix.prompt,
        model=model,
        aspect=aspect,
        size=size,
        negative=remix.negative.strip() or None,
        style=remix.style.strip() or None,
        quality=job.request.quality if model == job.recipe.model else None,
        seed=None,
    )


def remix_of(job: Job) -> Remix:
    """The form as it opens: what the member asked for then."""
    request = job.request
    aspect = parse_wish(aspect=request.aspect, size=None).aspect
    return Remix(
        prompt=request.prompt,
        model=job.recipe.model,
        shape=" ".join(filter(None, (aspect, request.size))),
        negative=request.negative or "",
        style=request.style or "",
    )


def parent_of_all(job: Job) -> ImageId | None:
    """The image that a new request counts as its parent when it comes from the whole result."""
    pictures = job.pictures or job.images
    return pictures[0].id if pictures else None


def _read_shape(text: str) -> tuple[str | None, str | None]:
    """Words with a colon or a slash, and `auto`, are the ratio; the others are the size."""
    words = _SPACED_SIGN.sub(r"\1", text).split()
    ratios = [word for word in words if {":", "/"} & {*word} or word.casefold() == AUTO]
    sizes = [word for word in words if word not in ratios]
    return " ".join(ratios) or None, " ".join(sizes) or None
