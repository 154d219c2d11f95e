"""`POST /image/edit` and `POST /image/multi-edit`: a picture from a prompt and pictures.

What is at hand travels as a form, so that no picture is encoded; what is named by URL as JSON.
"""

from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from bot.venice.encoding import EncodedBody, form
from bot.venice.wire.base import ApiRequest, ImageFormat, QualityLevel
from bot.venice.wire.pictures import AnyPicture, as_text, picture_bytes

EditAspectRatio = Literal["auto", "1:1", "3:2", "16:9", "21:9", "9:16", "2:3", "3:4", "4:5"]
"""What the two routes take, whatever a model lists."""

_Prompt = Annotated[str, Field(min_length=1, max_length=32_768)]
_Resolution = Annotated[str, Field(min_length=1, max_length=10)]


class EditImageRequest(ApiRequest):
    """How to change a picture. `safe_mode` has no default here: it is always said."""

    route: ClassVar[str] = "/image/edit"

    model: Annotated[str, Field(min_length=1)]
    prompt: _Prompt
    image: AnyPicture
    safe_mode: bool
    aspect_ratio: EditAspectRatio | None = None
    resolution: _Resolution | None = None
    output_format: ImageFormat | None = None
    enhance_prompt: bool | None = None
    disable_prompt_optimization_thinking: bool | None = None

    @property
    def lane(self) -> str:
        """The model."""
        return self.model

    @property
    def carries_pictures(self) -> bool:
        """It does."""
        return True

    def document(self) -> dict[str, Any]:
        """The JSON to send."""
        fields = self.model_dump(mode="json", exclude_none=True, exclude={"image"})
        return fields | {"image": as_text(self.image)}

    def encoded(self) -> EncodedBody:
        """A form where the picture is at hand, else JSON."""
        if isinstance(self.image, str):
            return super().encoded()
        return form(_texts(self, leaving_out="image"), [("image", picture_bytes(self.image))])


class MultiEditImageRequest(ApiRequest):
    """How to make one picture of several; the first is the base.

    On the wire the model is called `modelId`. How many pictures a model takes stands in the
    catalogue.
    """

    route: ClassVar[str] = "/image/multi-edit"

    model: Annotated[str, Field(min_length=1, serialization_alias="modelId")]
    prompt: _Prompt
    images: Annotated[tuple[AnyPicture, ...], Field(min_length=1)]
    safe_mode: bool
    quality: QualityLevel | None = None
    aspect_ratio: EditAspectRatio | None = None
    resolution: _Resolution | None = None
    output_format: ImageFormat | None = None
    enhance_prompt: bool | None = None
    disable_prompt_optimization_thinking: bool | None = None

    @property
    def lane(self) -> str:
        """The model."""
        return self.model

    @property
    def carries_pictures(self) -> bool:
        """It does."""
        return True

    def document(self) -> dict[str, Any]:
        """The JSON to send, with the model under its name there."""
        fields = self.model_dump(mode="json", exclude_none=True, by_alias=True, exclude={"images"})
        return fields | {"images": [as_text(image) for image in self.images]}

    def encoded(self) -> EncodedBody:
        """A form where all pictures are at hand, else JSON: a form takes no URL."""
        at_hand = [image for image in self.images if isinstance(image, bytes | Path)]
        if len(at_hand) < len(self.images):
            return super().encoded()
        pictures = [("images", picture_bytes(image)) for image in at_hand]
        return form(_texts(self, leaving_out="images"), pictures)


def _texts(request: ApiRequest, *, leaving_out: str) -> dict[str, str]:
    """The other fields as a form has them."""
    fields = request.model_dump(exclude={leaving_out}, exclude_none=True, by_alias=True)
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in fields.items()
    }
