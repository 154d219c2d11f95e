"""`POST /image/upscale` and `POST /image/background-remove`: larger, or cut out.

Neither takes a model or a prompt; both answer a PNG.
"""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from bot.venice.encoding import EncodedBody, form
from bot.venice.wire.base import ApiRequest
from bot.venice.wire.pictures import AnyPicture, OwnPicture, as_text, picture_bytes

UPSCALER = "upscaler"
BACKGROUND_REMOVER = "bria-bg-remover"


class UpscaleImageRequest(ApiRequest):
    """How much larger. The API reduces the scale so that the result has at most 16,777,216 px."""

    route: ClassVar[str] = "/image/upscale"

    image: OwnPicture
    scale: Annotated[float, Field(ge=2, le=4)] | None = None
    creativity: Annotated[float, Field(ge=0, le=0.02)] | None = None

    @property
    def lane(self) -> str:
        """The upscaler."""
        return UPSCALER

    @property
    def carries_pictures(self) -> bool:
        """It does."""
        return True

    def document(self) -> dict[str, Any]:
        """The JSON that says the same as the form that is sent."""
        fields = self.model_dump(mode="json", exclude_none=True, exclude={"image"})
        return fields | {"image": as_text(self.image)}

    def encoded(self) -> EncodedBody:
        """A form."""
        fields = self.model_dump(exclude={"image"}, exclude_none=True)
        texts = {name: str(value) for name, value in fields.items()}
        return form(texts, [("image", picture_bytes(self.image))])


class RemoveBackgroundRequest(ApiRequest):
    """Which picture to cut out."""

    route: ClassVar[str] = "/image/background-remove"

    image: AnyPicture

    @property
    def lane(self) -> str:
        """The background remover."""
        return BACKGROUND_REMOVER

    @property
    def carries_pictures(self) -> bool:
        """It does."""
        return True

    def document(self) -> dict[str, Any]:
        """The JSON to send: a URL has a field of its own."""
        name = "image_url" if isinstance(self.image, str) else "image"
        return {name: as_text(self.image)}

    def encoded(self) -> EncodedBody:
        """A form where the picture is at hand, else JSON."""
        if isinstance(self.image, str):
            return super().encoded()
        return form({}, [("image", picture_bytes(self.image))])
