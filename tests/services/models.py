"""Models that tests of the services choose from."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.domain.ids import ModelId
from bot.domain.models.image_model import (
    ImageModel,
    ModelKind,
    PixelSizing,
    PriceList,
    Quality,
    RatioSizing,
    TierSizing,
)
from bot.domain.money import UsdMicros

PENNY = UsdMicros(10_000)

PIXEL_MODEL = ImageModel(
    id=ModelId("z-image-turbo"),
    name="Z-Image Turbo",
    kind=ModelKind.GENERATE,
    sizing=PixelSizing(8),
    prompt_limit=1_500,
    prices=PriceList(flat=PENNY),
)
RATIO_MODEL = replace(
    PIXEL_MODEL,
    id=ModelId("flux-2-pro"),
    name="Flux 2 Pro",
    sizing=RatioSizing(("1:1", "16:9"), "1:1"),
    prices=PriceList(flat=UsdMicros(30_000)),
)
TIER_MODEL = replace(
    PIXEL_MODEL,
    id=ModelId("gpt-image-2"),
    name="GPT Image 2",
    sizing=TierSizing(("1:1", "3:2"), ("1K", "2K"), "1:1", "1K"),
    qualities=(Quality.LOW, Quality.HIGH),
    default_quality=Quality.HIGH,
    prices=PriceList(
        by_tier_and_quality=MappingProxyType(
            {
                ("1K", Quality.LOW): UsdMicros(20_000),
                ("1K", Quality.HIGH): UsdMicros(260_000),
                ("2K", Quality.LOW): UsdMicros(30_000),
                ("2K", Quality.HIGH): UsdMicros(500_000),
            }
        )
    ),
)
UNPRICED_MODEL = replace(PIXEL_MODEL, id=ModelId("mystery"), name="Mystery", prices=PriceList())
OFFLINE_MODEL = replace(PIXEL_MODEL, id=ModelId("z-image-old"), name="Z-Image Old", offline=True)

EDIT_MODEL = ImageModel(
    id=ModelId("flux-2-max-edit"),
    name="Flux 2 Max",
    kind=ModelKind.EDIT,
    sizing=RatioSizing(("auto", "1:1", "16:9")),
    prompt_limit=3_000,
    prices=PriceList(flat=UsdMicros(120_000), additional_input_image=UsdMicros(34_500)),
    max_input_images=6,
)
SINGLE_EDIT_MODEL = replace(
    EDIT_MODEL,
    id=ModelId("luma-uni-1-edit"),
    name="Luma Uni-1",
    prices=PriceList(flat=UsdMicros(60_000)),
    max_input_images=1,
)
UNCENSORED_EDIT_MODEL = replace(
    EDIT_MODEL,
    id=ModelId("qwen-edit-uncensored"),
    name="Qwen Edit Uncensored",
    prices=PriceList(),
    uncensored=True,
)
UPSCALER = ImageModel(
    id=ModelId("upscaler"),
    name="Upscaler",
    kind=ModelKind.UPSCALE,
    sizing=None,
    prompt_limit=1_500,
    prices=PriceList(
        upscale_by_scale=MappingProxyType({2: UsdMicros(20_000), 4: UsdMicros(80_000)})
    ),
)
CUTTER = replace(
    UPSCALER,
    id=ModelId("bria-bg-remover"),
    name="Background Remover",
    kind=ModelKind.CUTOUT,
    prices=PriceList(flat=UsdMicros(30_000)),
)


@dataclass
class ShelfCatalogue:
    """A catalogue of a few models."""

    all_models: tuple[ImageModel, ...] = (
        PIXEL_MODEL,
        RATIO_MODEL,
        TIER_MODEL,
        UNPRICED_MODEL,
        OFFLINE_MODEL,
    )
    missing_noted: int = 0

    def models(self) -> tuple[ImageModel, ...]:
        return tuple(model for model in self.all_models if not model.offline)

    def find(self, name: str) -> ImageModel | None:
        return next((model for model in self.all_models if model.id == name), None)

    def default(self) -> ImageModel | None:
        return self.all_models[0] if self.all_models else None

    def styles(self) -> tuple[str, ...]:
        return ("3D Model", "Watercolor", "Film Noir")

    def note_missing_model(self) -> None:
        self.missing_noted += 1
