"""`POST /images/generations`: one picture from a prompt, in OpenAI's shape."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bot.venice.wire.base import ApiAnswer, ApiRequest, ImageFormat

LONGEST_PROMPT = 1_500

SizeName = Literal[
    "auto",
    "256x256",
    "512x512",
    "1024x1024",
    "1536x1024",
    "1024x1536",
    "1792x1024",
    "1024x1792",
]


class GenerationsRequest(ApiRequest):
    """What to paint. `moderation` has no default here: `auto` blurs adult pictures, `low` does not.

    A model that the API does not know is silently taken for its default model.
    """

    route: ClassVar[str] = "/images/generations"

    prompt: Annotated[str, Field(min_length=1, max_length=LONGEST_PROMPT)]
    moderation: Literal["auto", "low"]
    model: str | None = None
    size: SizeName | None = None
    quality: Literal["auto", "high", "medium", "low", "hd", "standard"] | None = None
    style: Literal["vivid", "natural"] | None = None
    background: Literal["transparent", "opaque", "auto"] | None = None
    output_format: ImageFormat | None = None
    output_compression: Annotated[int, Field(ge=0, le=100)] | None = None
    response_format: Literal["b64_json", "url"] | None = None
    n: Literal[1] | None = None
    user: str | None = None

    @property
    def lane(self) -> str:
        """The model, else the name by which the API has a default one."""
        return self.model or "default"


class GenerationsPicture(ApiAnswer):
    """One picture: base64, or a URL, which may be a `data:` one."""

    b64_json: Annotated[str | None, Field(alias="b64_json")] = None
    url: str | None = None


class GenerationsAnswer(ApiAnswer):
    """What was painted, and when (Unix time, in seconds)."""

    created: int = 0
    data: tuple[GenerationsPicture, ...]

    def picture_base64(self) -> str:
        """The first picture in base64.

        Raises:
            ValueError: if there is none, or only the address of one: it is never fetched.
        """
        first = next(iter(self.data), GenerationsPicture())
        if first.b64_json is not None:
            return first.b64_json
        head, _, text = (first.url or "").partition(",")
        if not (head.startswith("data:") and head.endswith(";base64")):
            raise ValueError("the answer has no picture in it")
        return text
