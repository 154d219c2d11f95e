"""What the tools need from outside."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.domain.jobs.painting import Painting
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.models.image_model import ImageModel
from bot.domain.sizing import PixelSize
from bot.domain.tools.recipes import ToolRecipe


class Retoucher(Protocol):
    """An image backend that makes pictures of pictures."""

    async def retouch(
        self, recipe: ToolRecipe, *, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        """Make one picture of those that the recipe names, read from the picture store.

        `before_send` is awaited once, before the first byte of the first try leaves.

        Raises:
            PaintingError: with the reason and whether it may have been billed.
        """


class ToolCatalogue(Protocol):
    """The backend's models for tools, answered from memory; none where it has no tools."""

    def edit_models(self) -> tuple[ImageModel, ...]:
        """The models that change pictures and can be used now."""

    def find_edit_model(self, name: str) -> ImageModel | None:
        """A model that changes pictures, by id in any case; offline ones too."""

    def upscaler(self) -> ImageModel | None:
        """The model that makes pictures larger."""

    def cutout_model(self) -> ImageModel | None:
        """The model that cuts out what a picture shows."""


class PictureGauge(Protocol):
    """Measures kept pictures."""

    async def size_of(self, picture: StoredPicture) -> PixelSize:
        """A picture's size.

        Raises:
            PictureGone: if it is no longer kept.
            PictureUnreadable: if it cannot be read.
        """
