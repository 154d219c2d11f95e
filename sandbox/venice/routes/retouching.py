"""`POST /image/upscale` and `POST /image/background-remove`: larger, or cut out."""

import asyncio
import math

from aiohttp import web

from sandbox.venice.answers import image_answer
from sandbox.venice.bodies import BackgroundRemoveBody, UpscaleBody
from sandbox.venice.inference import admit, painting_time, payer
from sandbox.venice.painter import cut_out, encode, upscale_picture
from sandbox.venice.parsing import parse_json_or_form
from sandbox.venice.pictures_in import MIN_AREA_PX, PictureLimits, open_picture, picture_bytes
from sandbox.venice.prices import generation_price, upscale_price
from sandbox.venice.refusal import broken_rule
from sandbox.venice.rules import CUT_OUT_MODEL
from sandbox.venice.visit import Visit

UPSCALE_MODEL = "upscaler"
MAX_UPSCALED_AREA_PX = 16_777_216
MAX_CREATIVITY = 0.02
UPSCALE_LIMITS = PictureLimits(
    "image", min_area=MIN_AREA_PX, max_area=MAX_UPSCALED_AREA_PX, urls=False, data_uris=False
)
CUT_OUT_LIMITS = PictureLimits("image", urls=False)
CUT_OUT_URL_LIMITS = PictureLimits("image_url")


async def upscale(visit: Visit) -> web.Response:
    """Makes a picture larger; the scale is reduced where the result would be too large."""
    async with payer(visit) as account:
        body = parse_json_or_form(UpscaleBody, visit.reception, file_field="image")
        content = await picture_bytes(body.image, UPSCALE_LIMITS)
        model = visit.backend.catalogue.require(UPSCALE_MODEL, "upscale")
        price = upscale_price(model, scale=body.scale)
        admission = admit(visit, account, model, price_usd_micros=price)
        creativity = min(max(body.creativity or 0.0, 0.0), MAX_CREATIVITY)
        larger = await asyncio.to_thread(
            _upscaled, content, scale=body.scale, creativity=creativity / MAX_CREATIVITY
        )
        await painting_time(visit)
        admission.settle()
        return image_answer(larger, image_format="png", headers=admission.headers())


async def remove_background(visit: Visit) -> web.Response:
    """Cuts out what a picture shows."""
    async with payer(visit) as account:
        body = parse_json_or_form(BackgroundRemoveBody, visit.reception, file_field="image")
        limits = CUT_OUT_LIMITS if body.image_url is None else CUT_OUT_URL_LIMITS
        source = body.image if body.image_url is None else body.image_url
        if source is None or (body.image is not None and body.image_url is not None):
            raise broken_rule("image", "Provide exactly one of image and image_url")
        if body.image_url is not None and not body.image_url.startswith(("http://", "https://")):
            raise broken_rule("image_url", "Invalid URL")
        content = await picture_bytes(source, limits)
        model = visit.backend.catalogue.require(CUT_OUT_MODEL, "image")
        price = generation_price(model, resolution=None, quality=None)
        admission = admit(visit, account, model, price_usd_micros=price)
        cut = await asyncio.to_thread(_cut_out, content, limits)
        await painting_time(visit)
        admission.settle()
        return image_answer(cut, image_format="png", headers=admission.headers())


def _upscaled(content: bytes, *, scale: float, creativity: float) -> bytes:
    picture = open_picture(content, UPSCALE_LIMITS)
    largest = math.sqrt(MAX_UPSCALED_AREA_PX / (picture.width * picture.height))
    factor = min(scale, largest)
    width, height = int(picture.width * factor), int(picture.height * factor)
    return encode(
        upscale_picture(picture, width=width, height=height, sharpness=creativity),
        image_format="png",
    )


def _cut_out(content: bytes, limits: PictureLimits) -> bytes:
    return encode(cut_out(open_picture(content, limits)), image_format="png")
