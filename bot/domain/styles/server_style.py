"""A server's style: what is put around a prompt, and what it is painted with.

A template is text with `{prompt}` for the whole prompt and, where wished, `{subject}` for its first
phrase. It is filled after the prompt's own braces are expanded, and only once: braces in what a
member types are never read as placeholders.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.asking.request import ImageRequest
from bot.domain.errors import PresetNameWrong
from bot.domain.flags import Options
from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.preferences.preset import MAX_PRESET_NAME, PLACEHOLDER, preset_name
from bot.domain.styles.errors import (
    StyleNameWrong,
    TemplateBraces,
    TemplateTooLong,
    TemplateWithoutPrompt,
)
from bot.domain.voting.vote import Tally

MAX_SERVER_STYLES = 100
MAX_STYLE_NAME = MAX_PRESET_NAME
MAX_TEMPLATE_CHARS = 1_000

SUBJECT = "{subject}"

_PLACEHOLDERS = re.compile(r"\{(?:prompt|subject)\}")
_PHRASE_END = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleDraft:
    """A style as somebody wrote it; `preset` is a style preset of the image API."""

    name: str
    template: str
    negative: str | None = None
    model: str | None = None
    preset: str | None = None

    @property
    def options(self) -> Options:
        """What the style says by itself, beneath what a member says."""
        return Options(model=self.model, style=self.preset, negative=self.negative)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStyle:
    """A style that a server keeps. One that is retired is not offered, and keeps its votes.

    A round's winner is retired by itself at `offered_until`. `example` is the picture that was
    chosen to show what it looks like; whether it may be shown is asked each time. One that was
    merged is the style of the id `merged_into` by now, for votes, battles and whoever names it.
    """

    id: str
    guild_id: GuildId
    draft: StyleDraft
    author_id: UserId
    created_at: datetime
    retired_at: datetime | None = None
    offered_until: datetime | None = None
    example: ImageId | None = None
    merged_into: str | None = None

    @property
    def name(self) -> str:
        """By what members call it."""
        return self.draft.name

    def applied_to(self, request: ImageRequest) -> ImageRequest:
        """A request painted in the style; one without a prompt stays so, and is refused."""
        prompt = filled(self.draft.template, request.prompt)
        return replace(request, prompt=prompt, server_style=self.id)


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """A style, what its votes come to, and how many pictures guide it."""

    style: ServerStyle
    tally: Tally
    references: int = 0


def checked_draft(draft: StyleDraft) -> StyleDraft:
    """A draft with a clean name and template.

    Raises:
        StyleNameWrong: if its name is empty or too long.
        TemplateWithoutPrompt: if the template does not say where the prompt goes.
        TemplateBraces: if it has other braces.
        TemplateTooLong: if it has more than 1,000 characters.
    """
    try:
        name = preset_name(draft.name)
    except PresetNameWrong:
        raise StyleNameWrong(MAX_STYLE_NAME) from None
    template = " ".join(draft.template.split())
    if PLACEHOLDER not in template:
        raise TemplateWithoutPrompt
    if {"{", "}"} & {*_PLACEHOLDERS.sub("", template)}:
        raise TemplateBraces
    if len(template) > MAX_TEMPLATE_CHARS:
        raise TemplateTooLong(MAX_TEMPLATE_CHARS)
    return replace(draft, name=name, template=template)


def filled(template: str, prompt: str) -> str:
    """The template with a prompt in it; nothing where there is no prompt."""
    prompt = prompt.strip()
    if not prompt:
        return ""
    return _PLACEHOLDERS.sub(
        lambda found: prompt if found[0] == PLACEHOLDER else subject_of(prompt), template
    )


def subject_of(prompt: str) -> str:
    """The first phrase of a prompt: up to a comma, a semicolon or the end of a line."""
    return _PHRASE_END.split(prompt.strip(), maxsplit=1)[0].strip()


def in_style(said: Options, draft: StyleDraft) -> Options:
    """What was said, over what the style says; negative prompts are added up."""
    negative = ", ".join(filter(None, (said.negative, draft.negative))) or None
    return replace(said, style=draft.preset, model=said.model or draft.model, negative=negative)
