"""Leafing through the models and styles that there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.asking.choices import best_matches
from bot.domain.asking.effects import Setting, ignored_settings
from bot.domain.errors import UnknownModel, UnknownStyle
from bot.domain.ids import GuildId
from bot.domain.library.browsing import (
    ENTRIES_PER_PAGE,
    ModelQuery,
    StyleQuery,
    page_count,
    slug,
)
from bot.domain.models.image_model import ImageModel
from bot.domain.styles.server_style import ServerStyle
from bot.domain.voting.credits import preset_style_key, server_style_key
from bot.domain.voting.vote import NO_VOTES, SubjectKind, Tally
from bot.services.asking.plans import Place
from bot.services.library.library import Viewer
from bot.services.library.pages import PageBook
from bot.services.ports import ModelCatalogue, Policies
from bot.services.storage_ports import Storage, Transaction
from bot.services.styles.book import StyleBook
from bot.services.styles.examples import StyleExamples, StyleExampleView

SERVER_STYLE_SLUG = "server-"
"""Before the id of a server's style on a button, so that no preset is mistaken for one."""

_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A model on a page; `offered` is False where the rules of the place keep it away."""

    model: ImageModel
    ignored: tuple[Setting, ...]
    offered: bool


@dataclass(frozen=True, slots=True)
class ModelPage:
    """A page of models, the first being number 0."""

    id: str
    query: ModelQuery
    cards: tuple[ModelCard, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class StyleCard:
    """A style on a page, and what the server's votes for it come to.

    `server_style` is None for a style preset of the image service, and `examples` where there is
    no server to have any.
    """

    name: str
    tally: Tally = NO_VOTES
    server_style: ServerStyle | None = None
    examples: StyleExamples | None = None

    @property
    def key(self) -> str:
        """Under which votes for it are counted."""
        if self.server_style is not None:
            return server_style_key(self.server_style.id)
        return preset_style_key(self.name)


@dataclass(frozen=True, slots=True)
class StylePage:
    """A page of styles, the first being number 0. The server's own come first."""

    id: str
    query: StyleQuery
    styles: tuple[StyleCard, ...]
    number: int
    pages: int
    total: int


class Showroom:
    """Opens pages of models and styles. The lists are answered from memory."""

    def __init__(
        self,
        *,
        storage: Storage,
        catalogue: ModelCatalogue,
        policies: Policies,
        pages: PageBook,
        styles: StyleBook,
        examples: StyleExampleView,
    ) -> None:
        self._storage = storage
        self._catalogue = catalogue
        self._policies = policies
        self._pages = pages
        self._styles = styles
        self._examples = examples

    async def open_models(self, query: ModelQuery, place: Place) -> ModelPage:
        """The first page of models."""
        async with self._storage.write() as tx:
            page_id = await self._pages.open(tx, place.user_id, query)
        return self._model_page(page_id, query, 0, place)

    async def turn_models(self, page_id: str, number: int, place: Place) -> ModelPage:
        """Another page of models.

        Raises:
            PageExpired: if the page was opened too long ago.
            PageOfAnother: if another member opened it.
        """
        async with self._storage.read() as tx:
            query = await self._pages.find(tx, page_id, place.user_id, ModelQuery)
        return self._model_page(page_id, query, number, place)

    async def open_styles(self, query: StyleQuery, viewer: Viewer) -> StylePage:
        """The first page of styles, with pictures of theirs that may be shown to the viewer."""
        place = viewer.place
        async with self._storage.write() as tx:
            page_id = await self._pages.open(tx, place.user_id, query)
            page = await self._style_page(tx, page_id, query, 0, place)
        return await self._with_examples(page, viewer)

    async def turn_styles(self, page_id: str, number: int, viewer: Viewer) -> StylePage:
        """Another page of styles.

        Raises:
            PageExpired: if the page was opened too long ago.
            PageOfAnother: if another member opened it.
        """
        place = viewer.place
        async with self._storage.read() as tx:
            query = await self._pages.find(tx, page_id, place.user_id, StyleQuery)
            page = await self._style_page(tx, page_id, query, number, place)
        return await self._with_examples(page, viewer)

    def model_of(self, button_slug: str) -> ImageModel:
        """The model that a button means.

        Raises:
            UnknownModel: if it is gone.
        """
        for model in self._catalogue.models():
            if slug(model.id) == button_slug:
                return model
        raise UnknownModel(button_slug)

    def style_of(self, button_slug: str, place: Place) -> str:
        """The style that a button means, by its name.

        Raises:
            UnknownStyle: if it is gone.
        """
        own = self._styles.by_id(place.guild_id, button_slug.removeprefix(SERVER_STYLE_SLUG))
        if own is not None:
            return own.name
        for style in self._catalogue.styles():
            if slug(style) == button_slug:
                return style
        raise UnknownStyle(button_slug)

    def _model_page(self, page_id: str, query: ModelQuery, number: int, place: Place) -> ModelPage:
        models = self._models(query)
        number = min(number, page_count(len(models)) - 1)
        safe_mode = self._policies.of_place(place.guild_id, place.channel_id).safe_mode
        cards = tuple(
            ModelCard(model, _ignored(model), offered=not (safe_mode and model.uncensored))
            for model in _slice(models, number)
        )
        return ModelPage(page_id, query, cards, number, page_count(len(models)), len(models))

    async def _style_page(
        self, tx: Transaction, page_id: str, query: StyleQuery, number: int, place: Place
    ) -> StylePage:
        own = [
            StyleCard(style.name, self._styles.tally_of(style), style)
            for style in self._styles.offered(place.guild_id)
        ]
        cards = [
            *_matching_styles(own, query),
            *_matching_styles([StyleCard(name) for name in self._catalogue.styles()], query),
        ]
        number = min(number, page_count(len(cards)) - 1)
        shown = await _with_votes(tx, _slice(cards, number), place.guild_id)
        return StylePage(page_id, query, shown, number, page_count(len(cards)), len(cards))

    async def _with_examples(self, page: StylePage, viewer: Viewer) -> StylePage:
        found = await self._examples.of([card.key for card in page.styles], viewer)
        cards = tuple(replace(card, examples=found.get(card.key)) for card in page.styles)
        return replace(page, styles=cards)

    def _models(self, query: ModelQuery) -> list[ImageModel]:
        models = self._catalogue.models()
        found = best_matches(
            models,
            query.text or "",
            names=lambda model: (model.id, model.name),
            limit=len(models),
        )
        return [
            model
            for model in found
            if (query.privacy is None or model.privacy == query.privacy)
            and (query.honours is None or query.honours not in _ignored(model))
        ]


def _matching_styles(cards: Sequence[StyleCard], query: StyleQuery) -> list[StyleCard]:
    return best_matches(cards, query.text or "", names=lambda card: (card.name,), limit=len(cards))


async def _with_votes(
    tx: Transaction, cards: Sequence[StyleCard], guild_id: GuildId | None
) -> tuple[StyleCard, ...]:
    """The presets among the cards with the server's votes for them."""
    if guild_id is None:
        return tuple(cards)
    keys = [card.key for card in cards if card.server_style is None]
    tallies = await tx.votes.tallies_of(guild_id, SubjectKind.STYLE, keys)
    return tuple(
        card if card.server_style else replace(card, tally=tallies.get(card.key, NO_VOTES))
        for card in cards
    )


def _ignored(model: ImageModel) -> tuple[Setting, ...]:
    """The settings that do nothing on a model, or perhaps nothing."""
    return tuple(ignored.setting for ignored in ignored_settings(model, tuple(Setting)))


def _slice(entries: Sequence[_Entry], number: int) -> Sequence[_Entry]:
    return entries[number * ENTRIES_PER_PAGE : (number + 1) * ENTRIES_PER_PAGE]
