"""The flags there are, and the values that they and the command's own options give."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.asking.request import ImageFormat

Value = str | int | float | bool
"""A text, a whole number, a number, or whether something is on."""


class Flag(StrEnum):
    """A flag's name, without its dashes, in the order in which flags are written."""

    MODEL = "model"
    STYLE = "style"
    AR = "ar"
    SIZE = "size"
    QUALITY = "quality"
    NO = "no"
    SEED = "seed"
    IMAGES = "images"
    STEPS = "steps"
    GUIDANCE = "guidance"
    LORA = "lora"
    FORMAT = "format"
    ENHANCE = "enhance"
    WEB = "web"
    PRIVATE = "private"
    RAW = "raw"

    @property
    def option(self) -> str:
        """The command's option that says the same, and the field of `Options` for both."""
        return _OPTIONS.get(self, self.value)

    @property
    def typed(self) -> str:
        """The flag as it is typed, such as `--ar`."""
        return f"--{self.value}"


_OPTIONS = {
    Flag.AR: "aspect",
    Flag.NO: "negative",
    Flag.LORA: "lora_strength",
    Flag.WEB: "web_search",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a member gave by option or by flag; None where they gave nothing.

    Texts are as they were typed, without outer blanks. `raw` has a flag alone.
    """

    model: str | None = None
    style: str | None = None
    aspect: str | None = None
    size: str | None = None
    quality: str | None = None
    negative: str | None = None
    seed: int | None = None
    images: int | None = None
    steps: int | None = None
    guidance: float | None = None
    lora_strength: int | None = None
    format: ImageFormat | None = None
    enhance: bool | None = None
    web_search: bool | None = None
    private: bool | None = None
    raw: bool | None = None

    def value_of(self, flag: Flag) -> Value | None:
        """What was given for a flag or for the option that says the same."""
        value: Value | None = getattr(self, flag.option)
        return value
