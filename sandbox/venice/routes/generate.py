"""`POST /image/generate`, the native route."""

import asyncio
import base64
import time
from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import web

from sandbox.venice.answers import image_answer, json_answer
from sandbox.venice.bodies import GenerateBody
from sandbox.venice.catalogue import Model
from sandbox.venice.commission import Commission
from sandbox.venice.inference import (
    Admission,
    admit,
    painting_time,
    payer,
    random_seed,
)
from sandbox.venice.painter import Brief, StyleGuide
from sandbox.venice.parsing import parse_json
from sandbox.venice.pictures_in import (
    MAX_STYLE_REFERENCE_BYTES,
    PictureLimits,
    open_picture,
    picture_bytes,
)
from sandbox.venice.prices import (
    ENHANCE_USD_MICROS,
    WEB_SEARCH_USD_MICROS,
    generation_price,
)
from sandbox.venice.prompt_enhancer import enhanced
from sandbox.venice.rules import check_generation, generation_size
from sandbox.venice.safety import Verdict, signal_headers
from sandbox.venice.visit import Visit

REFERENCE_LIMITS = PictureLimits("style_references", max_bytes=MAX_STYLE_REFERENCE_BYTES)
DEFAULT_STRENGTH = 0.5


async def generate(visit: Visit) -> web.Response:
    """Paints one to four pictures."""
    async with payer(visit) as account:
        body = parse_json(GenerateBody, visit.reception)
        model = visit.backend.catalogue.require(body.model, "image")
        check_generation(body, model, visit.backend.catalogue)
        guides = await _style_guides(body, model)
        images = body.variants or 1
        admission = admit(
            visit,
            account,
            model,
            price_usd_micros=_price(body, model) * images,
            images=images,
        )
        return await _painted(admission, body, guides)


def _price(body: GenerateBody, model: Model) -> int:
    price = generation_price(model, resolution=body.resolution, quality=body.quality)
    if body.enhance_prompt:
        price += ENHANCE_USD_MICROS
    if body.enable_web_search:
        price += WEB_SEARCH_USD_MICROS
    return price


async def _style_guides(body: GenerateBody, model: Model) -> list[StyleGuide]:
    """Reads the style references; some models ignore how strong each is to be."""
    heeds_strength = model.constraints.supports_style_reference_strength
    guides: list[StyleGuide] = []
    for reference in body.style_references:
        content = await picture_bytes(reference.image, REFERENCE_LIMITS)
        picture = await asyncio.to_thread(open_picture, content, REFERENCE_LIMITS)
        given = reference.strength if heeds_strength else None
        guides.append(StyleGuide(picture, DEFAULT_STRENGTH if given is None else given))
    return guides


async def _painted(
    admission: Admission, body: GenerateBody, guides: list[StyleGuide]
) -> web.Response:
    began = time.perf_counter()
    visit = admission.visit
    verdict = visit.judge(body.prompt)
    await painting_time(visit)
    pictures = [
        await asyncio.to_thread(_commission(admission, body, seed, verdict, guides).fulfil)
        for seed in _seeds(body)
    ]
    if verdict is not Verdict.VIOLATION:
        admission.settle()
    headers = admission.headers() | signal_headers(verdict, safe_mode=body.safe_mode)
    if body.enhance_prompt:
        headers["x-venice-enhanced-prompt"] = quote(enhanced(body.prompt), safe="")
    if body.return_binary:
        return image_answer(pictures[0], image_format=body.format, headers=headers)
    spent_ms = round((time.perf_counter() - began) * 1000)
    return await _with_timing(visit, pictures, spent_ms=spent_ms, headers=headers)


def _seeds(body: GenerateBody) -> list[int]:
    """Only the first picture uses the seed that was sent."""
    first = random_seed() if body.seed is None else body.seed
    return [first, *(random_seed() for _ in range((body.variants or 1) - 1))]


def _commission(
    admission: Admission,
    body: GenerateBody,
    seed: int,
    verdict: Verdict,
    guides: list[StyleGuide],
) -> Commission:
    size = generation_size(body, admission.model)
    return Commission(
        brief=Brief(
            prompt=enhanced(body.prompt) if body.enhance_prompt else body.prompt,
            seed=seed,
            style=body.style_preset,
            model=admission.model.id,
            width=size.width,
            height=size.height,
        ),
        image_format=body.format,
        verdict=verdict,
        safe_mode=body.safe_mode,
        guides=guides,
        description=body.prompt if body.embed_exif_metadata else None,
        sketch=admission.visit.backend.options.sketch,
    )


async def _with_timing(
    visit: Visit, pictures: list[bytes], *, spent_ms: int, headers: Mapping[str, str]
) -> web.Response:
    answer = {
        "id": visit.request_id,
        "images": [base64.b64encode(picture).decode("ascii") for picture in pictures],
        "request": dict(visit.reception.fields),
        "timing": {
            "inferenceDuration": spent_ms,
            "inferencePreprocessingTime": 0,
            "inferenceQueueTime": 0,
            "total": spent_ms,
        },
    }
    return await json_answer(visit, answer, headers=headers)
