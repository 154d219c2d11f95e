"""Presets: named sets of options that a member saves for themselves."""

import unicodedata
from dataclasses import dataclass

from bot.domain.errors import PresetNameWrong
from bot.domain.flags import Options

MAX_PRESETS = 25
"""As many as autocompletion can show at once (Discord)."""

MAX_PRESET_NAME = 32

PLACEHOLDER = "{prompt}"
"""Stands in a preset's prompt for what the member types when they use it."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A named set of options, and perhaps a prompt or a template for one."""

    name: str
    options: Options
    prompt: str | None = None


def preset_name(text: str) -> str:
    """A name without control characters and with single blanks.

    Raises:
        PresetNameWrong: if nothing is left, or more than 32 characters.
    """
    shown = "".join(char if char.isprintable() else " " for char in text)
    name = unicodedata.normalize("NFC", " ".join(shown.split()))
    if not 1 <= len(name) <= MAX_PRESET_NAME:
        raise PresetNameWrong(MAX_PRESET_NAME)
    return name


def preset_key(name: str) -> str:
    """By what a preset is found: its name in either case."""
    return " ".join(name.casefold().split())


def filled_prompt(template: str | None, typed: str | None) -> str:
    """What a preset's prompt and what the member typed make together.

    What was typed takes the place of `{prompt}`, or else stands behind the template.
    """
    typed = (typed or "").strip()
    template = (template or "").strip()
    if PLACEHOLDER in template:
        return template.replace(PLACEHOLDER, typed).strip()
    return ", ".join(part for part in (template, typed) if part)
