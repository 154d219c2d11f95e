"""`POST /image/generate`: pictures from a prompt, with everything the API can vary."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from bot.venice.wire.base import ApiAnswer, ApiRequest, ImageFormat, QualityLevel, Seed
from bot.venice.wire.pictures import LARGEST_STYLE_REFERENCE_BYTES, AnyPicture, as_text

_Side = Annotated[int, Field(gt=0, le=1_280)]


class StyleReference(BaseModel):
    """A picture whose look guides the result, and how strongly."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    image: AnyPicture
    strength: Annotated[float, Field(ge=0.1, le=1)] | None = None

    def document(self) -> dict[str, Any]:
        """Its part of the JSON; reads and encodes the picture."""
        text = as_text(self.image, smaller_than_bytes=LARGEST_STYLE_REFERENCE_BYTES)
        return {"image": text} | ({} if self.strength is None else {"strength": self.strength})


class GenerateImageRequest(ApiRequest):
    """What to paint. `safe_mode` has no default here: it is always said.

    A model takes `width` and `height`, or `aspect_ratio`, or `aspect_ratio` and `resolution`;
    its entry in the catalogue says which, and the API does not check all of it. `return_binary`
    and `variants` are the client's to set.
    """

    route: ClassVar[str] = "/image/generate"

    model: str
    prompt: Annotated[str, Field(min_length=1, max_length=7_500)]
    safe_mode: bool
    negative_prompt: Annotated[str, Field(max_length=7_500)] | None = None
    width: _Side | None = None
    height: _Side | None = None
    aspect_ratio: str | None = None
    resolution: str | None = None
    quality: QualityLevel | None = None
    seed: Seed | None = None
    steps: Annotated[int, Field(ge=1)] | None = None
    cfg_scale: Annotated[float, Field(gt=0, le=20)] | None = None
    lora_strength: Annotated[int, Field(ge=0, le=100)] | None = None
    style_preset: str | None = None
    style_references: tuple[StyleReference, ...] | None = None
    format: ImageFormat | None = None
    variants: Annotated[int, Field(ge=1, le=4)] | None = None
    return_binary: bool | None = None
    embed_exif_metadata: bool | None = None
    hide_watermark: bool | None = None
    enable_web_search: bool | None = None
    enhance_prompt: bool | None = None
    disable_prompt_optimization_thinking: bool | None = None

    @property
    def lane(self) -> str:
        """The model."""
        return self.model

    @property
    def carries_pictures(self) -> bool:
        """Whether there are style references."""
        return bool(self.style_references)

    def document(self) -> dict[str, Any]:
        """The JSON to send: only what was said."""
        fields = self.model_dump(mode="json", exclude_none=True, exclude={"style_references"})
        if self.style_references:
            fields["style_references"] = [each.document() for each in self.style_references]
        return fields


class Timing(ApiAnswer):
    """How long the parts took, in milliseconds."""

    inference_duration: float
    inference_preprocessing_time: float
    inference_queue_time: float
    total: float


class GenerateImageAnswer(ApiAnswer):
    """Pictures as base64, where bytes were not asked for."""

    id: str
    images: tuple[str, ...]
    timing: Timing
