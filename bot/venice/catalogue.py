"""The catalogue: the API's models and styles, answered from memory."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Never

import structlog

from bot.domain.image_model import ImageModel, ModelKind
from bot.venice.client import VeniceClient
from bot.venice.clock import Clock
from bot.venice.entries import read_entries
from bot.venice.errors import VeniceError

log = structlog.get_logger(__name__)

REFRESH_EVERY_S = 600.0
RETRY_EMPTY_EVERY_S = 30.0
"""How soon to look again while there is nothing, or after a model turned out to be gone."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one look at the API brought, in its own shapes, so that it can be kept on disk."""

    entries: tuple[object, ...] = ()
    styles: tuple[str, ...] = ()
    legacy_names: Mapping[str, str] = field(default_factory=dict)


class Catalogue:
    """The models there are.

    Args:
        client: asks the API.
        cache_path: where the last good look is kept, for a start without network.
        clock: time.
    """

    def __init__(self, client: VeniceClient, *, cache_path: Path, clock: Clock) -> None:
        self._client = client
        self._cache_path = cache_path
        self._clock = clock
        self._snapshot = Snapshot()
        self._models: tuple[ImageModel, ...] = ()
        self._offered: tuple[ImageModel, ...] = ()
        self._by_name: dict[str, ImageModel] = {}
        self._refreshing: asyncio.Task[bool] | None = None
        self._wanted = asyncio.Event()

    def models(self) -> tuple[ImageModel, ...]:
        """The text-to-image models that can be used now, the default one first, then by name."""
        return self._offered

    def find(self, name: str) -> ImageModel | None:
        """A text-to-image model by id, trait or legacy name, in any case; offline ones too."""
        return self._by_name.get(name.strip().casefold())

    def default(self) -> ImageModel | None:
        """The model with the trait `default`, else the first; None while there is no catalogue."""
        return next(iter(self.models()), None)

    def styles(self) -> tuple[str, ...]:
        """The style presets, in the API's exact spelling."""
        return self._snapshot.styles

    def note_missing_model(self) -> None:
        """Say that the API did not know a model of the catalogue: it looks again soon."""
        self._wanted.set()

    async def load_cached(self) -> None:
        """Take up what the last good look left on disk, if anything."""
        try:
            text = await asyncio.to_thread(self._cache_path.read_text, "utf-8")
            kept = json.loads(text)
            snapshot = Snapshot(
                tuple(kept["entries"]), tuple(kept["styles"]), dict(kept["legacy_names"])
            )
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("catalogue_cache_unreadable", cause=repr(error))
            return
        self._take_up(snapshot)

    async def refresh(self) -> bool:
        """Look at the API; what is broken or empty leaves the catalogue as it was.

        Callers at the same time share one look. Returns whether there is a new catalogue.
        """
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh(), name="catalogue-refresh")
        return await asyncio.shield(self._refreshing)

    async def keep_fresh(self) -> Never:
        """Look every 10 minutes, and soon after a model was missing, until cancelled."""
        while True:
            await self._clock.sleep(RETRY_EMPTY_EVERY_S)
            if self._models and not self._wanted.is_set():
                await self._until_wanted(REFRESH_EVERY_S - RETRY_EMPTY_EVERY_S)
            self._wanted.clear()
            await self.refresh()

    async def _until_wanted(self, longest_s: float) -> None:
        waits = {
            asyncio.ensure_future(self._clock.sleep(longest_s)),
            asyncio.ensure_future(self._wanted.wait()),
        }
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _refresh(self) -> bool:
        try:
            snapshot = Snapshot(
                entries=tuple(await self._client.models()),
                styles=await self._client.styles(),
                legacy_names=await self._client.compatibility_mapping(),
            )
        except VeniceError as error:
            log.warning("catalogue_not_refreshed", cause=str(error), models=len(self._models))
            return False
        if not self._take_up(snapshot):
            log.warning("catalogue_not_refreshed", cause="no usable model")
            return False
        await self._keep(snapshot)
        return True

    def _take_up(self, snapshot: Snapshot) -> bool:
        read = read_entries(snapshot.entries)
        painters = [model for model in read.models if model.kind is ModelKind.GENERATE]
        if not painters:
            return False
        if read.skipped:
            log.warning("catalogue_entries_skipped", count=read.skipped)
        painters.sort(key=lambda model: ("default" not in model.traits, model.name.casefold()))
        self._snapshot = snapshot
        self._models = read.models
        self._offered = tuple(model for model in painters if not model.offline)
        self._by_name = _names(painters, snapshot.legacy_names)
        log.info("catalogue_taken_up", models=len(painters), styles=len(snapshot.styles))
        return True

    async def _keep(self, snapshot: Snapshot) -> None:
        text = json.dumps(
            {
                "entries": snapshot.entries,
                "styles": snapshot.styles,
                "legacy_names": dict(snapshot.legacy_names),
            }
        )
        try:
            await asyncio.to_thread(_replace, self._cache_path, text)
        except OSError as error:
            log.warning("catalogue_not_kept", cause=repr(error))


def _names(painters: list[ImageModel], legacy_names: Mapping[str, str]) -> dict[str, ImageModel]:
    """Every name of every model; an id goes before a trait, a trait before a legacy name."""
    by_name = {model.id.casefold(): model for model in painters}
    for model in painters:
        for trait in sorted(model.traits):
            by_name.setdefault(trait.casefold(), model)
    for legacy, model_id in legacy_names.items():
        found = by_name.get(model_id.casefold())
        if found is not None:
            by_name.setdefault(legacy.casefold(), found)
    return by_name


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    incoming = path.with_suffix(".incoming")
    incoming.write_text(text, "utf-8")
    incoming.replace(path)
