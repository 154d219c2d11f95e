"""For backends that only paint: no tools, and a refusal of work that was accepted before."""

from collections.abc import Awaitable, Callable

from bot.domain.jobs.failure import FailureReason, ImageFailure, PaintingError
from bot.domain.jobs.painting import Painting
from bot.domain.models.image_model import ImageModel
from bot.domain.tools.recipes import ToolRecipe


class NoTools:
    """Has no model that works on pictures."""

    def edit_models(self) -> tuple[ImageModel, ...]:
        """None."""
        return ()

    def find_edit_model(self, name: str) -> ImageModel | None:  # noqa: ARG002 - the port's shape
        """None, whatever the name."""
        return None

    def upscaler(self) -> ImageModel | None:
        """None."""
        return None

    def cutout_model(self) -> ImageModel | None:
        """None."""
        return None

    async def retouch(
        self, recipe: ToolRecipe, *, before_send: Callable[[], Awaitable[None]]
    ) -> Painting:
        """Refuse a job that waited while the operator changed the backend; nothing is sent.

        Raises:
            PaintingError: always.
        """
        del before_send
        detail = f"this image service cannot do: {recipe.tool.value}"
        raise PaintingError(ImageFailure(FailureReason.REJECTED, detail=detail))
