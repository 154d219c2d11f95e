"""The prompt: cleaned of what no model can read, and held to the bot's and the model's limits."""

import re
import unicodedata

from bot.domain.errors import NegativePromptTooLong, PromptEmpty, PromptTooLong

BOT_PROMPT_LIMIT = 4_000
"""A modal's text field must hold the prompt (Discord's limit), so that it can be remixed."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but for line breaks and tabs, and halves of surrogate pairs, which UTF-8
cannot hold. What this Python's tables do not know yet is kept: it may be a newer emoji."""


def clean_prompt(text: str, *, model_limit: int) -> str:
    """The prompt in NFC, without control characters and outer blanks.

    Raises:
        PromptEmpty: if nothing is left.
        PromptTooLong: if it is longer than the bot's or the model's limit, in characters.
    """
    prompt = _clean(text)
    if not prompt:
        raise PromptEmpty
    limit = min(BOT_PROMPT_LIMIT, model_limit)
    if len(prompt) > limit:
        raise PromptTooLong(len(prompt), limit)
    return prompt


def clean_negative_prompt(text: str | None, *, model_limit: int) -> str | None:
    """The negative prompt, cleaned the same way; None if nothing is left.

    Raises:
        NegativePromptTooLong: if it is longer than the bot's or the model's limit.
    """
    negative = _clean(text or "")
    limit = min(BOT_PROMPT_LIMIT, model_limit)
    if len(negative) > limit:
        raise NegativePromptTooLong(len(negative), limit)
    return negative or None


def _clean(text: str) -> str:
    """The text without control characters, then in NFC; empty if nothing in it can be seen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _CONTROL.sub("", text)
    if not any(map(_is_visible, kept)):
        return ""
    return unicodedata.normalize("NFC", kept).strip()


def _is_visible(char: str) -> bool:
    """Not a blank, a line break or a formatting character such as a zero-width joiner."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Zs", "Zl", "Zp"}
