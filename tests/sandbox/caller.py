"""A plain caller of the stand-in: one session, and answers read to the end."""

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from PIL import Image

from sandbox.venice import VeniceStandIn

KEY = "demo-key"
TIMEOUT = aiohttp.ClientTimeout(total=120)


@dataclass(frozen=True)
class Answer:
    """An answer, read to the end."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> dict[str, object]:
        value = json.loads(self.content)
        assert isinstance(value, dict)
        return value

    def picture(self) -> Image.Image:
        return Image.open(io.BytesIO(self.content))

    def broken_fields(self) -> list[str]:
        """The fields that a detailed error names."""
        details = self.json()["details"]
        assert isinstance(details, dict)
        return [name for name in details if name != "_errors"]


class Caller:
    """Sends requests with a key, unless told otherwise."""

    def __init__(self, stand_in: VeniceStandIn, session: aiohttp.ClientSession) -> None:
        self.stand_in = stand_in
        self._session = session

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return await self._send("GET", path, headers=headers)

    async def post(
        self,
        path: str,
        body: object = None,
        *,
        form: aiohttp.FormData | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        return await self._send("POST", path, body, form=form, headers=headers)

    async def generate(self, **overrides: object) -> Answer:
        return await self.post("/image/generate", make_generation(**overrides))

    async def _send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        form: aiohttp.FormData | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        async with self._session.request(
            method,
            self.stand_in.base_url + path,
            json=body,
            data=form,
            headers={"Authorization": f"Bearer {KEY}"} if headers is None else headers,
        ) as response:
            return Answer(response.status, response.headers, await response.read())


def make_generation(**overrides: object) -> dict[str, object]:
    """A small picture of a fox, as bytes."""
    return {
        "model": "z-image-turbo",
        "prompt": "a fox in the snow",
        "width": 128,
        "height": 96,
        "seed": 7,
        "return_binary": True,
    } | overrides


def make_ratio_generation(**overrides: object) -> dict[str, object]:
    """The same on a model that is sized by ratio."""
    body = make_generation(model="flux-2-pro", **overrides)
    return {name: value for name, value in body.items() if name not in {"width", "height"}}


def make_png(width: int = 320, height: int = 240, colour: str = "teal") -> bytes:
    """A flat picture with a disc in it."""
    picture = Image.new("RGB", (width, height), colour)
    disc = Image.new("RGB", (width // 2, height // 2), "orange")
    picture.paste(disc, (width // 4, height // 4))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def as_base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
