"""A catalogue of one model, for servers of OpenAI's shape that list none as Venice does."""

import asyncio
from typing import Never

from bot.domain.ids import ModelId
from bot.domain.models.image_model import ImageModel, ModelKind, PriceList, RatioSizing

RATIOS = ("1:1", "3:2", "2:3", "7:4", "4:7")
"""Those of 1024×1024, 1536×1024, 1024×1536, 1792×1024 and 1024×1792 (OpenAI's `size`)."""

PROMPT_LIMIT = 1_500
"""What the route takes (Venice, POST /images/generations)."""


class SingleModelCatalogue:
    """One model by the name that the operator gave; nobody knows its price."""

    def __init__(self, model: str) -> None:
        self._model = ImageModel(
            id=ModelId(model),
            name=model,
            kind=ModelKind.GENERATE,
            sizing=RatioSizing(RATIOS, RATIOS[0]),
            prompt_limit=PROMPT_LIMIT,
            prices=PriceList(),
        )

    def models(self) -> tuple[ImageModel, ...]:
        """The one model."""
        return (self._model,)

    def find(self, name: str) -> ImageModel | None:
        """The one model, if it is meant."""
        return self._model if name.strip().casefold() == self._model.id.casefold() else None

    def default(self) -> ImageModel:
        """The one model."""
        return self._model

    def styles(self) -> tuple[str, ...]:
        """None: the route has no styles."""
        return ()

    def note_missing_model(self) -> None:
        """There is nothing to look at again."""

    async def keep_fresh(self) -> Never:
        """Nothing changes; waits until it is cancelled."""
        await asyncio.Event().wait()
        raise AssertionError("an event that nobody sets")
