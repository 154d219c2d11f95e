"""What a member asked for, and the recipe that will be painted."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.ids import BattleId, ModelId
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.models.image_model import Quality
from bot.domain.sizing import SizeChoice

ImageFormat = Literal["webp", "png", "jpeg"]

MAX_IMAGES_PER_REQUEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRequest:
    """All that a member said; None where they said nothing.

    `references` are pictures whose style guides the painting.
    `server_style` is the id of the server's style that is in the prompt and the options already.
    `battle` is the battle that it is painted for; until that has ended it is private as well, and
    then nobody is told what it was painted by.
    """

    prompt: str
    model: str | None = None
    style: str | None = None
    aspect: str | None = None
    size: str | None = None
    quality: str | None = None
    negative: str | None = None
    seed: int | None = None
    images: int = 1
    private: bool = False
    format: ImageFormat | None = None
    steps: int | None = None
    guidance: float | None = None
    lora_strength: int | None = None
    enhance: bool = False
    web_search: bool = False
    references: tuple[StoredPicture, ...] = ()
    server_style: str | None = None
    battle: BattleId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A request after the model's rules and the channel's policy: what each image is made by.

    `safe_mode` is always stated, never left to the API's default. `steps`, `web_search` and
    `references` are here only where the model heeds them.
    """

    prompt: str
    model: ModelId
    model_name: str
    size: SizeChoice
    safe_mode: bool
    quality: Quality | None = None
    style: str | None = None
    negative: str | None = None
    image_format: ImageFormat = "webp"
    hide_watermark: bool = False
    embed_exif_metadata: bool = False
    steps: int | None = None
    guidance: float | None = None
    lora_strength: int | None = None
    enhance: bool = False
    web_search: bool = False
    references: tuple[StoredPicture, ...] = ()
