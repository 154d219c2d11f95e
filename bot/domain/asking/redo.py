"""Asking again: the requests that the buttons under a result make.

A painting can be rerolled, varied and remixed. An edit or a blend can be rerolled: the same is
asked of the same pictures, and the model, which takes no seed, makes another one. An upscale or
a cut-out would only be the same again.
"""

import re
from dataclasses import dataclass, replace

from bot.domain.asking.any_recipe import AnyRecipe, AnyRequest, inputs_of
from bot.domain.asking.permutations import unexpanded
from bot.domain.asking.request import ImageRequest, Recipe
from bot.domain.asking.wish import ReadWish, as_it_stands, requests_of
from bot.domain.flags import Options, merge, parse_prompt
from bot.domain.gate.permissions import Action
from bot.domain.ids import ImageId
from bot.domain.jobs.job import Job
from bot.domain.preferences.defaults import resolve
from bot.domain.sizing import AUTO, parse_wish
from bot.domain.tools.errors import NothingToRepeat
from bot.domain.tools.recipes import BlendRecipe, CutOutRecipe, EditRecipe, UpscaleRecipe
from bot.domain.tools.request import BlendRequest, EditRequest

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


def ways_again(recipe: AnyRecipe) -> frozenset[Action]:
    """In which ways what was made by a recipe can be asked for again."""
    match recipe:
        case Recipe():
            return frozenset({Action.REROLL, Action.REMIX, Action.VARY, Action.VARY_SUBTLY})
        case EditRecipe() | BlendRecipe() if inputs_of(recipe):
            return frozenset({Action.REROLL})
        case _:
            return frozenset()


def tools_for(recipe: AnyRecipe) -> tuple[Action, ...]:
    """Which tools make something new of what was made by a recipe, in the order of their use."""
    match recipe:
        case UpscaleRecipe():
            return (Action.EDIT, Action.CUT_OUT)
        case CutOutRecipe():
            return (Action.EDIT, Action.UPSCALE)
        case _:
            return (Action.EDIT, Action.UPSCALE, Action.CUT_OUT)


def rerolled(job: Job) -> AnyRequest:
    """The same request with new seeds, on the same model even where the default has changed.

    Raises:
        NothingToRepeat: if it would make the same again, or of pictures that stay private.
    """
    request = job.request
    if isinstance(request, ImageRequest):
        return _painted_again(request, job)
    if Action.REROLL not in ways_again(job.recipe) or not isinstance(
        request, EditRequest | BlendRequest
    ):
        raise NothingToRepeat(request.tool)
    return replace(request, model=job.recipe.model)


def varied(job: Job) -> ImageRequest:
    """The same request for one picture, with a new seed.

    Raises:
        NothingToRepeat: if it is no painting.
    """
    return replace(_painted_again(_painting(job), job), images=1)


def remixed(job: Job, remix: Remix) -> ReadWish:
    """The requests with what the member changed, by a field or by a flag in the prompt.

    Another model has levels of quality and a range of steps of its own.

    Raises:
        NothingToRepeat: if it is no painting.
        FlagError: if a flag cannot be understood, or differs from a field that was changed.
        PermutationError: if the braces of the prompt cannot be expanded.
    """
    request = _painting(job)
    parsed = parse_prompt(remix.prompt)
    fields, opened = _fields(remix), _fields(remix_of(job))
    said = merge(_changed(fields, opened), parsed.flags)
    left_out: tuple[str, ...] = ()
    if said.raw:
        said, left_out = as_it_stands(said)
        fields = replace(fields, style=None)
    is_same_model = (said.model or fields.model) == job.recipe.model
    kept = _kept(request, is_same_model=is_same_model, is_raw=bool(said.raw))
    requests = requests_of(parsed.prompt, resolve((said, fields, kept)), request.references)
    return ReadWish(requests=requests, said=said, left_out=left_out)


def remix_of(job: Job) -> Remix:
    """The form as it opens: what the member asked for then.

    Raises:
        NothingToRepeat: if it is no painting.
    """
    request = _painting(job)
    aspect = parse_wish(aspect=request.aspect, size=None).aspect
    return Remix(
        prompt=unexpanded(request.prompt),
        model=job.recipe.model,
        shape=" ".join(filter(None, (aspect, request.size))),
        negative=request.negative or "",
        style=request.style or "",
    )


def parent_of_all(job: Job) -> ImageId | None:
    """The image that a new request counts as its parent when it comes from the whole result."""
    pictures = job.pictures or job.images
    return pictures[0].id if pictures else None


def _painting(job: Job) -> ImageRequest:
    if not isinstance(job.request, ImageRequest):
        raise NothingToRepeat(job.request.tool)
    return job.request


def _painted_again(request: ImageRequest, job: Job) -> ImageRequest:
    return replace(request, model=job.recipe.model, seed=None, battle=None)


def _fields(remix: Remix) -> Options:
    """What the form's fields say, except the prompt."""
    aspect, size = _read_shape(remix.shape)
    return Options(
        model=remix.model.strip() or None,
        style=remix.style.strip() or None,
        aspect=aspect,
        size=size,
        negative=remix.negative.strip() or None,
    )


def _changed(fields: Options, opened: Options) -> Options:
    """Those of the form's fields that are not as they were when it opened."""
    return Options(
        model=fields.model if fields.model != opened.model else None,
        style=fields.style if fields.style != opened.style else None,
        aspect=fields.aspect if fields.aspect != opened.aspect else None,
        size=fields.size if fields.size != opened.size else None,
        negative=fields.negative if fields.negative != opened.negative else None,
    )


def _kept(request: ImageRequest, *, is_same_model: bool, is_raw: bool) -> Options:
    """What the form has no field for, and stays as it was."""
    return Options(
        quality=request.quality if is_same_model else None,
        steps=request.steps if is_same_model else None,
        images=request.images,
        guidance=request.guidance,
        lora_strength=request.lora_strength,
        format=request.format,
        enhance=request.enhance and not is_raw,
        web_search=request.web_search,
        private=request.private,
    )


def _read_shape(text: str) -> tuple[str | None, str | None]:
    """Words with a colon or a slash, and `auto`, are the ratio; the others are the size."""
    words = _SPACED_SIGN.sub(r"\1", text).split()
    ratios = [word for word in words if {":", "/"} & {*word} or word.casefold() == AUTO]
    sizes = [word for word in words if word not in ratios]
    return " ".join(ratios) or None, " ".join(sizes) or None
