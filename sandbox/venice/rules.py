"""The rules that depend on the model: what its constraints allow on `/image/generate`.

One idiom a model: pixels (`width`, `height`) where no ratios are listed, else a ratio, with a
tier where tiers are listed. `aspect_ratio` is not checked, as on the API: an unlisted one falls
back to the model's default. Everything else that is not listed is a 400.
"""

from collections.abc import Iterator

from sandbox.venice.bodies import GenerateBody
from sandbox.venice.catalogue import Catalogue, Model
from sandbox.venice.refusal import Issue, broken_rules, refused
from sandbox.venice.sizing import PixelSize, size_of_ratio

DEFAULT_SIDE_PX = 1024
CUT_OUT_MODEL = "bria-bg-remover"
"""Listed under type=image, but it paints nothing."""

REFUSES_PIXELS = frozenset({"qwen-image", "qwen-image-3", "qwen-image-3-pro"})
"""Models whose provider refuses `width` and `height`; the other ratio models ignore them."""


def check_generation(body: GenerateBody, model: Model, catalogue: Catalogue) -> None:
    """Checks a request against its model.

    Raises:
        Refusal: 400, naming every rule that is broken.
    """
    issues = [
        *_choice_issues(body, model, catalogue),
        *_prompt_issues(body, model),
        *_reference_issues(body, model),
        *(_pixel_issues(body, model) if model.sized_in_pixels else ()),
    ]
    if issues:
        raise broken_rules(issues)
    pixels_sent = body.width is not None or body.height is not None
    if pixels_sent and model.id in REFUSES_PIXELS:
        raise refused(400, f"{model.id} takes aspect_ratio, not width and height", request_id="0")


def generation_size(body: GenerateBody, model: Model) -> PixelSize:
    """The size of the picture that a checked request asks for."""
    limits = model.constraints
    if model.sized_in_pixels:
        return PixelSize(body.width or DEFAULT_SIDE_PX, body.height or DEFAULT_SIDE_PX)
    listed = body.aspect_ratio in limits.aspect_ratios and body.aspect_ratio != "auto"
    ratio = body.aspect_ratio if listed and body.aspect_ratio else limits.default_aspect_ratio
    return size_of_ratio(ratio, resolution=body.resolution or limits.default_resolution)


def _choice_issues(body: GenerateBody, model: Model, catalogue: Catalogue) -> Iterator[Issue]:
    limits = model.constraints
    if model.id == CUT_OUT_MODEL:
        yield Issue(("model",), f"{model.id} does not support image generation")
    if body.style_preset is not None and body.style_preset not in catalogue.styles:
        yield Issue(("style_preset",), "Invalid style preset; see GET /image/styles")
    if body.resolution is not None and body.resolution not in limits.resolutions:
        yield Issue(("resolution",), f"{model.id} takes {_listed(limits.resolutions)}")
    if body.quality is not None and body.quality not in limits.qualities:
        yield Issue(("quality",), f"{model.id} takes {_listed(limits.qualities)}")
    if body.variants is not None and body.return_binary:
        yield Issue(("variants",), "variants is only supported when return_binary is false")
    if body.enable_web_search and not model.model_spec.supports_web_search:
        yield Issue(("enable_web_search",), f"{model.id} does not support web search")


def _listed(choices: tuple[str, ...]) -> str:
    return f"one of {', '.join(choices)}" if choices else "none"


def _prompt_issues(body: GenerateBody, model: Model) -> Iterator[Issue]:
    limit = model.constraints.prompt_character_limit
    for name, text in (("prompt", body.prompt), ("negative_prompt", body.negative_prompt)):
        if text is not None and len(text) > limit:
            yield Issue((name,), f"{model.id} takes at most {limit} characters", code="too_big")


def _reference_issues(body: GenerateBody, model: Model) -> Iterator[Issue]:
    if not body.style_references:
        return
    most = model.constraints.max_style_references
    if not model.model_spec.supports_style_references:
        yield Issue(("style_references",), f"{model.id} does not support style references")
    elif len(body.style_references) > most:
        yield Issue(("style_references",), f"{model.id} takes at most {most} style references")


def _pixel_issues(body: GenerateBody, model: Model) -> Iterator[Issue]:
    divisor = model.constraints.width_height_divisor
    for name, side in (("width", body.width), ("height", body.height)):
        if side is not None and side % divisor:
            yield Issue((name,), f"{name} must be divisible by {divisor}", code="not_multiple_of")
    steps = model.constraints.steps
    if body.steps is not None and steps is not None and not 1 <= body.steps <= steps.max:
        yield Issue(("steps",), f"steps must be between 1 and {steps.max}")
