"""The pages of `/models` and `/styles`, with a button at each entry that begins a prompt."""

import io
from collections.abc import Iterator
from typing import Any

import discord

from bot.domain.library.browsing import number_target, slug
from bot.services.library.showroom import (
    SERVER_STYLE_SLUG,
    ModelCard,
    ModelPage,
    StyleCard,
    StylePage,
)
from bot.services.styles.examples import StyleExamples
from bot.text.asking import models as text
from bot.text.library.library import page_number
from bot.text.quoting import as_code, as_name
from bot.text.votes import styles as styles_text
from bot.text.words import Words
from bot.ui.library.pager import pager
from bot.ui.parts.actions import ActionButton, ButtonLook
from bot.ui.parts.panel import panel, small
from bot.ui.parts.style import CANAL, ICON_MODELS, ICON_NOTE, ICON_PROMPT, ICON_STYLES

MODELS_BACK = "models_back"
MODELS_ONWARDS = "models_onwards"
STYLES_BACK = "styles_back"
STYLES_ONWARDS = "styles_onwards"
START_MODEL = "start_model"
START_STYLE = "start_style"


def models_panel(page: ModelPage, words: Words) -> discord.ui.LayoutView:
    """A page of models."""
    parts: list[str | discord.ui.Item[Any]] = [
        f"{ICON_MODELS} **{text.models_heading(page.total, words)}**",
        *(_model(card, words) for card in page.cards),
        *_footer(page, words, kinds=(MODELS_BACK, MODELS_ONWARDS)),
    ]
    return panel(*parts, colour=CANAL)


def styles_panel(page: StylePage, words: Words) -> discord.ui.LayoutView:
    """A page of styles."""
    parts: list[str | discord.ui.Item[Any]] = [
        f"{ICON_STYLES} **{text.styles_heading(page.total, words)}**",
        *(part for number, card in enumerate(page.styles) for part in _style(card, number, words)),
        *_footer(page, words, kinds=(STYLES_BACK, STYLES_ONWARDS)),
    ]
    return panel(*parts, colour=CANAL)


def example_files(page: StylePage, words: Words) -> list[discord.File]:
    """The pictures of the page's styles as uploads: one a style."""
    return [
        discord.File(
            io.BytesIO(card.examples.strip),
            filename=_file_name(number),
            description=styles_text.strip_description(card.name, words),
        )
        for number, card in enumerate(page.styles)
        if card.examples is not None and card.examples.strip
    ]


def _model(card: ModelCard, words: Words) -> discord.ui.Section[Any]:
    model = card.model
    privacy = text.privacy_line(model, words)
    lines = [
        f"{text.price_line(model.prices, words)} · {text.sizing_line(model, words)}",
        text.limits_line(model, words),
        *([privacy] if privacy else []),
        text.honours_line(card.ignored, words),
    ]
    warnings = text.warnings(model, offered=card.offered, words=words)
    said = "\n".join(
        [
            f"**{model.name}** {as_code(model.id)}",
            *(f"{ICON_NOTE} {warning}" for warning in warnings),
            small(lines),
        ]
    )
    look = _start_look(words, disabled=not card.offered)
    return discord.ui.Section(said, accessory=ActionButton(START_MODEL, slug(model.id), look))


def _style(card: StyleCard, number: int, words: Words) -> Iterator[discord.ui.Item[Any]]:
    own = card.server_style
    target = slug(card.name) if own is None else f"{SERVER_STYLE_SLUG}{own.id}"
    button = ActionButton(START_STYLE, target, _start_look(words))
    said = [
        f"**{as_name(card.name)}**",
        *styles_text.style_notes(own, card.tally, words),
        *(_example_notes(card.examples, words) if card.examples is not None else ()),
    ]
    yield discord.ui.Section("\n".join(said), accessory=button)
    if card.examples is not None and card.examples.strip:
        yield discord.ui.MediaGallery(
            discord.MediaGalleryItem(
                f"attachment://{_file_name(number)}",
                description=styles_text.strip_description(card.name, words),
                spoiler=card.examples.covered,
            )
        )


def _example_notes(examples: StyleExamples, words: Words) -> Iterator[str]:
    if examples.pictures:
        yield f"-# {styles_text.examples_line(examples.guild_id, examples.pictures, words)}"
    if examples.chosen_is_gone:
        yield f"-# {ICON_NOTE} {styles_text.example_gone(words)}"


def _file_name(number: int) -> str:
    return f"gondola-style-{number}.webp"


def _start_look(words: Words, *, disabled: bool = False) -> ButtonLook:
    return ButtonLook(label=text.start_label(words), emoji=ICON_PROMPT, disabled=disabled)


def _footer(
    page: ModelPage | StylePage, words: Words, *, kinds: tuple[str, str]
) -> list[str | discord.ui.Item[Any]]:
    if page.total == 0:
        return [f"{ICON_NOTE} {text.nothing_fits(words)}"]
    if page.pages == 1:
        return []
    back = number_target(page.id, page.number - 1) if page.number > 0 else None
    goes_on = page.number + 1 < page.pages
    onwards = number_target(page.id, page.number + 1) if goes_on else None
    return [
        small([page_number(page.number + 1, page.pages, words)]),
        pager(words, back=(kinds[0], back), onwards=(kinds[1], onwards)),
    ]
