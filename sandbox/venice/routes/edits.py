"""`POST /image/edit` and `POST /image/multi-edit`: pictures from pictures."""

import asyncio
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from sandbox.venice.accounts import Account
from sandbox.venice.answers import image_answer
from sandbox.venice.bodies import EditBody, ImageInput, MultiEditBody
from sandbox.venice.catalogue import Model
from sandbox.venice.inference import admit, painting_time, payer
from sandbox.venice.painter import EditBrief, edit_picture, encode
from sandbox.venice.parsing import parse_json_or_form
from sandbox.venice.pictures_in import (
    MAX_EDIT_AREA_PX,
    MIN_AREA_PX,
    PictureLimits,
    open_picture,
    picture_bytes,
)
from sandbox.venice.prices import ENHANCE_USD_MICROS, edit_price
from sandbox.venice.prompt_enhancer import enhanced
from sandbox.venice.refusal import Issue, broken_rules, refused
from sandbox.venice.safety import Verdict, blurred, signal_headers
from sandbox.venice.sizing import PixelSize, nearest_ratio, size_of_ratio
from sandbox.venice.visit import Visit

LARGE_TIERS = ("2k", "4k")
"""Tiers whose pictures come as JPEG where no format is asked for; the others come as PNG."""

IMAGE_LIMITS = PictureLimits("image", min_area=MIN_AREA_PX, max_area=MAX_EDIT_AREA_PX)
IMAGES_LIMITS = PictureLimits("images", min_area=MIN_AREA_PX, max_area=MAX_EDIT_AREA_PX)


@dataclass(frozen=True, slots=True)
class _Order:
    """What both routes ask for, in one form."""

    model: Model
    prompt: str
    sources: tuple[ImageInput, ...]
    limits: PictureLimits
    aspect_ratio: str | None
    resolution: str | None
    quality: str | None
    output_format: str | None
    safe_mode: bool
    enhance_prompt: bool

    @property
    def image_format(self) -> str:
        """The format of the answer."""
        if self.output_format is not None:
            return "jpeg" if self.output_format == "jpg" else self.output_format
        tier = self.resolution or self.model.constraints.default_resolution or ""
        return "jpeg" if tier.casefold() in LARGE_TIERS else "png"

    @property
    def price_usd_micros(self) -> int:
        """What it costs."""
        price = edit_price(
            self.model,
            images=len(self.sources),
            resolution=self.resolution,
            quality=self.quality,
        )
        return price + (ENHANCE_USD_MICROS if self.enhance_prompt else 0)


async def edit(visit: Visit) -> web.Response:
    """Changes one picture as the prompt says."""
    async with payer(visit) as account:
        body = parse_json_or_form(EditBody, visit.reception, file_field="image")
        order = _Order(
            model=_model(visit, body.model or body.legacy_model),
            prompt=body.prompt,
            sources=(body.image,),
            limits=IMAGE_LIMITS,
            aspect_ratio=body.aspect_ratio,
            resolution=body.resolution,
            quality=None,
            output_format=body.output_format,
            safe_mode=body.safe_mode,
            enhance_prompt=body.enhance_prompt,
        )
        return await _answer(visit, account, order)


async def multi_edit(visit: Visit) -> web.Response:
    """Makes one picture of several; the first is the base."""
    async with payer(visit) as account:
        body = parse_json_or_form(MultiEditBody, visit.reception, file_field="images", several=True)
        order = _Order(
            model=_model(visit, body.model),
            prompt=body.prompt,
            sources=body.images,
            limits=IMAGES_LIMITS,
            aspect_ratio=body.aspect_ratio,
            resolution=body.resolution,
            quality=body.quality,
            output_format=body.output_format,
            safe_mode=body.safe_mode,
            enhance_prompt=body.enhance_prompt,
        )
        return await _answer(visit, account, order)


def _model(visit: Visit, name: str | None) -> Model:
    return visit.backend.catalogue.require(name or "default", "inpaint")


async def _answer(visit: Visit, account: Account, order: _Order) -> web.Response:
    _check(order)
    contents = [await picture_bytes(source, order.limits) for source in order.sources]
    verdict = visit.judge(order.prompt)
    if verdict is Verdict.VIOLATION:
        raise refused(422, "Your prompt violates the content policy")
    is_blurred = verdict is Verdict.ADULT and order.safe_mode
    admission = admit(visit, account, order.model, price_usd_micros=order.price_usd_micros)
    picture = await asyncio.to_thread(_edited, order, contents, is_blurred=is_blurred)
    await painting_time(visit)
    admission.settle()
    headers = admission.headers() | signal_headers(verdict, safe_mode=order.safe_mode)
    headers["x-venice-model-id"] = order.model.id
    headers["x-venice-model-name"] = order.model.model_spec.name
    if order.enhance_prompt:
        headers["x-venice-enhanced-prompt"] = quote(enhanced(order.prompt), safe="")
    return image_answer(picture, image_format=order.image_format, headers=headers)


def _check(order: _Order) -> None:
    """Checks what the model allows.

    Raises:
        Refusal: 400, naming every rule that is broken.
    """
    model, limits = order.model, order.model.constraints
    issues: list[Issue] = []
    if len(order.prompt) > limits.prompt_character_limit:
        message = f"{model.id} takes at most {limits.prompt_character_limit} characters"
        issues.append(Issue(("prompt",), message, code="too_big"))
    if order.aspect_ratio not in (None, "auto", *limits.aspect_ratios):
        issues.append(Issue(("aspect_ratio",), f"{model.id} does not take this aspect ratio"))
    if order.resolution not in (None, *limits.resolutions):
        issues.append(Issue(("resolution",), f"{model.id} does not take this resolution"))
    if order.quality not in (None, *limits.qualities):
        issues.append(Issue(("quality",), f"{model.id} does not take this quality"))
    if len(order.sources) > model.input_images:
        message = f"{model.id} takes at most {model.input_images} input images"
        issues.append(Issue((order.limits.field,), message, code="too_big"))
    if issues:
        raise broken_rules(issues)


def _edited(order: _Order, contents: list[bytes], *, is_blurred: bool) -> bytes:
    """Decodes, edits and encodes; belongs in a thread."""
    pictures = [open_picture(content, order.limits) for content in contents]
    base = pictures[0]
    size = _size(order, PixelSize(base.width, base.height))
    brief = EditBrief(
        prompt=order.prompt, model=order.model.id, width=size.width, height=size.height
    )
    picture = edit_picture(pictures, brief)
    return encode(blurred(picture) if is_blurred else picture, image_format=order.image_format)


def _size(order: _Order, base: PixelSize) -> PixelSize:
    """The size of the answer: the base picture's own, unless a ratio or the model's tiers say."""
    limits = order.model.constraints
    resolution = order.resolution or limits.default_resolution
    ratio = None if order.aspect_ratio == "auto" else order.aspect_ratio
    if ratio is None and resolution is None:
        return base
    return size_of_ratio(ratio or nearest_ratio(base, limits.aspect_ratios), resolution=resolution)
