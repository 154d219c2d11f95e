"""`POST /images/generations`, the route in OpenAI's shape (also under `/image/generations`)."""

import asyncio
import base64

from aiohttp import web

from sandbox.venice.answers import CONTENT_TYPES, json_answer
from sandbox.venice.bodies import GenerationsBody
from sandbox.venice.catalogue import Catalogue, Model
from sandbox.venice.commission import Commission
from sandbox.venice.inference import admit, painting_time, payer, random_seed
from sandbox.venice.painter import Brief
from sandbox.venice.parsing import parse_json
from sandbox.venice.prices import generation_price
from sandbox.venice.safety import Verdict, signal_headers
from sandbox.venice.sizing import PixelSize, nearest_ratio, size_of_ratio
from sandbox.venice.visit import Visit

DEFAULT_SIZE = PixelSize(1024, 1024)


async def generations(visit: Visit) -> web.Response:
    """Paints one picture; a model that is not known becomes the default one."""
    async with payer(visit) as account:
        body = parse_json(GenerationsBody, visit.reception)
        model = _model(body.model, visit.backend.catalogue)
        price = generation_price(model, resolution=None, quality=None)
        admission = admit(visit, account, model, price_usd_micros=price)
        verdict = visit.judge(body.prompt)
        safe_mode = body.moderation != "low"
        size = _size(body, model)
        commission = Commission(
            brief=Brief(
                prompt=body.prompt,
                seed=random_seed(),
                style=None,
                model=model.id,
                width=size.width,
                height=size.height,
            ),
            image_format=body.output_format,
            verdict=verdict,
            safe_mode=safe_mode,
            sketch=visit.backend.options.sketch,
        )
        await painting_time(visit)
        picture = await asyncio.to_thread(commission.fulfil)
        if verdict is not Verdict.VIOLATION:
            admission.settle()
        headers = admission.headers() | signal_headers(verdict, safe_mode=safe_mode)
        return await json_answer(visit, _document(visit, body, picture), headers=headers)


def _model(name: str, catalogue: Catalogue) -> Model:
    known = catalogue.find(name, "image")
    return catalogue.default("image") if known is None else catalogue.require(name, "image")


def _size(body: GenerationsBody, model: Model) -> PixelSize:
    asked = DEFAULT_SIZE
    if body.size is not None and body.size != "auto":
        width, height = body.size.split("x")
        asked = PixelSize(int(width), int(height))
    if model.sized_in_pixels:
        return asked
    limits = model.constraints
    ratio = nearest_ratio(asked, limits.aspect_ratios)
    return size_of_ratio(ratio, resolution=limits.default_resolution)


def _document(visit: Visit, body: GenerationsBody, picture: bytes) -> dict[str, object]:
    content = base64.b64encode(picture).decode("ascii")
    if body.response_format == "url":
        entry = {"url": f"data:{CONTENT_TYPES[body.output_format]};base64,{content}"}
    else:
        entry = {"b64_json": content}
    return {"created": int(visit.backend.clock().timestamp()), "data": [entry]}
