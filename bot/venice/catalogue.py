"""The catalogue: the API's models and styles, answered from memory."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Never, TypeVar

import structlog

from bot.domain.models.image_model import ImageModel, ModelKind
from bot.venice.alternatives import nearest_models
from bot.venice.catalogue_file import Snapshot, read_snapshot, write_snapshot
from bot.venice.client import VeniceClient
from bot.venice.clock import Clock, wait_at_most
from bot.venice.entries import ReadEntries, read_entries
from bot.venice.errors import VeniceError

log = structlog.get_logger(__name__)

REFRESH_EVERY_S = 600.0
LOOK_AGAIN_AFTER_S = 30.0
"""No two looks are nearer: after a failure, or however often a model turns out to be gone."""

_Part = TypeVar("_Part")


class Source(StrEnum):
    """Where the models in memory come from."""

    NOWHERE = "nowhere"
    DISK = "disk"
    API = "api"


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """How the catalogue is, for a readiness check.

    Attributes:
        source: where what is in memory comes from.
        refreshed_at: when the API was last looked at with success, in this process.
        models: how many text-to-image models there are, offline ones included.
        skipped_entries: how many entries of the list could not be used.
        failed_looks: how many looks failed since the last that did not.
        last_failure: why the last of those failed.
    """

    source: Source = Source.NOWHERE
    refreshed_at: datetime | None = None
    models: int = 0
    skipped_entries: int = 0
    failed_looks: int = 0
    last_failure: str | None = None

    @property
    def is_usable(self) -> bool:
        """Whether there is a catalogue at all, however old."""
        return self.source is not Source.NOWHERE


class Catalogue:
    """The models there are.

    Its client learns from it which models can take the place of one that has no room.

    Args:
        client: asks the API.
        cache_path: where the last good look is kept, for a start without network.
        clock: time.
    """

    def __init__(self, client: VeniceClient, *, cache_path: Path, clock: Clock) -> None:
        self._client = client
        self._cache_path = cache_path
        self._clock = clock
        self._state = CatalogueState()
        self._snapshot = Snapshot()
        self._all: tuple[ImageModel, ...] = ()
        self._models: tuple[ImageModel, ...] = ()
        self._painters_by_name: dict[str, ImageModel] = {}
        self._editors_by_name: dict[str, ImageModel] = {}
        self._looking = asyncio.Lock()
        self._looks = 0
        self._look_succeeded = False
        self._wanted = asyncio.Event()
        client.offer_instead(self.alternatives_to)

    @property
    def state(self) -> CatalogueState:
        """How the catalogue is."""
        return self._state

    def models(self) -> tuple[ImageModel, ...]:
        """The text-to-image models that can be used now, the default one first, then by name."""
        return self._models

    def find(self, name: str) -> ImageModel | None:
        """A text-to-image model by id, trait or legacy name, in any case; offline ones too."""
        return self._painters_by_name.get(name.strip().casefold())

    def default(self) -> ImageModel | None:
        """The model with the trait `default`, else the first; None while there is no catalogue."""
        return next(iter(self._models), None)

    def styles(self) -> tuple[str, ...]:
        """The style presets, in the API's exact spelling."""
        return self._snapshot.styles

    def edit_models(self) -> tuple[ImageModel, ...]:
        """The models that change pictures and can be used now, by name."""
        return self._usable(ModelKind.EDIT)

    def find_edit_model(self, name: str) -> ImageModel | None:
        """A model that changes pictures, by id in any case; offline ones too."""
        return self._editors_by_name.get(name.strip().casefold())

    def upscaler(self) -> ImageModel | None:
        """The model that makes pictures larger."""
        return next(iter(self._usable(ModelKind.UPSCALE)), None)

    def cutout_model(self) -> ImageModel | None:
        """The model that cuts out what a picture shows."""
        return next(iter(self._usable(ModelKind.CUTOUT)), None)

    def alternatives_to(self, model_id: str) -> tuple[str, ...]:
        """The ids of the models that can take the place of another, the nearest first."""
        model = self.find(model_id) or self.find_edit_model(model_id)
        if model is None:
            return ()
        return tuple(other.id for other in nearest_models(model, self._all))

    def note_missing_model(self) -> None:
        """Say that the API did not know a model of the catalogue: it looks again soon."""
        self._wanted.set()

    async def load_cached(self) -> None:
        """Take up what the last good look left on disk, if anything."""
        try:
            snapshot = await asyncio.to_thread(read_snapshot, self._cache_path)
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            log.warning("catalogue_cache_unreadable", cause=str(error))
            return
        read = read_entries(snapshot.entries)
        if _painters(read.models):
            self._take_up(snapshot, read, Source.DISK)

    async def refresh(self) -> bool:
        """Look at the API; what is broken or partial leaves the catalogue as it was.

        Callers at the same time share one look. Returns whether the look succeeded.
        """
        looks = self._looks
        async with self._looking:
            if self._looks == looks:
                self._look_succeeded = await self._look()
                self._looks += 1
            return self._look_succeeded

    async def keep_fresh(self) -> Never:
        """Look every 10 minutes, and soon after a model was missing, until cancelled."""
        while True:
            await self._clock.sleep(LOOK_AGAIN_AFTER_S)
            if self._state.source is Source.API and not self._state.failed_looks:
                rest_s = REFRESH_EVERY_S - LOOK_AGAIN_AFTER_S
                await wait_at_most(self._wanted, self._clock, rest_s)
            self._wanted.clear()
            await self.refresh()

    async def _look(self) -> bool:
        try:
            entries = (await self._client.models()).data
        except VeniceError as error:
            return self._failed(str(error))
        read = read_entries(entries)
        if not _painters(read.models):
            return self._failed("the list has no text-to-image model")
        if self._state.is_usable and read.skipped > len(read.models):
            return self._failed("most entries of the list cannot be used")
        snapshot = Snapshot(
            entries=entries,
            styles=await self._else(self._client.styles(), self._snapshot.styles),
            traits=await self._else(self._client.traits(), self._snapshot.traits),
            legacy_names=await self._else(
                self._client.compatibility_mapping(), self._snapshot.legacy_names
            ),
        )
        self._take_up(snapshot, read, Source.API)
        await self._keep(snapshot)
        return True

    async def _else(self, look: Awaitable[_Part], known: _Part) -> _Part:
        """What a look at a lesser part brings, else what is known of it."""
        try:
            return await look
        except VeniceError as error:
            log.warning("catalogue_part_not_refreshed", cause=str(error))
            return known

    def _failed(self, cause: str) -> bool:
        log.warning("catalogue_not_refreshed", cause=cause, models=self._state.models)
        self._state = replace(
            self._state, failed_looks=self._state.failed_looks + 1, last_failure=cause
        )
        return False

    def _take_up(self, snapshot: Snapshot, read: ReadEntries, source: Source) -> None:
        if read.skipped:
            log.warning("catalogue_entries_skipped", count=read.skipped)
        self._snapshot = snapshot
        default = snapshot.traits.get("default", "").casefold()
        self._all = tuple(sorted(read.models, key=lambda model: _place(model, default)))
        self._models = self._usable(ModelKind.GENERATE)
        painters = _painters(self._all)
        self._painters_by_name = _names(painters, snapshot)
        self._editors_by_name = {
            model.id.casefold(): model for model in self._all if model.kind is ModelKind.EDIT
        }
        self._state = CatalogueState(
            source=source,
            refreshed_at=self._clock.now() if source is Source.API else None,
            models=len(painters),
            skipped_entries=read.skipped,
        )
        log.info(
            "catalogue_taken_up",
            source=source.value,
            models=len(painters),
            styles=len(snapshot.styles),
        )

    def _usable(self, kind: ModelKind) -> tuple[ImageModel, ...]:
        return tuple(model for model in self._all if model.kind is kind and not model.offline)

    async def _keep(self, snapshot: Snapshot) -> None:
        try:
            await asyncio.to_thread(write_snapshot, self._cache_path, snapshot)
        except OSError as error:
            log.warning("catalogue_not_kept", cause=str(error))


def _painters(models: tuple[ImageModel, ...]) -> tuple[ImageModel, ...]:
    return tuple(model for model in models if model.kind is ModelKind.GENERATE)


def _place(model: ImageModel, default: str) -> tuple[bool, str, str]:
    is_default = model.id.casefold() == default or "default" in model.traits
    return not is_default, model.name.casefold(), model.id


def _names(painters: tuple[ImageModel, ...], snapshot: Snapshot) -> dict[str, ImageModel]:
    """Every name of every model; an id goes before a trait, a trait before a legacy name."""
    by_name = {model.id.casefold(): model for model in painters}
    for mapping in (snapshot.traits, _traits_of(painters), snapshot.legacy_names):
        for name, model_id in mapping.items():
            found = by_name.get(model_id.casefold())
            if found is not None:
                by_name.setdefault(name.casefold(), found)
    return by_name


def _traits_of(painters: tuple[ImageModel, ...]) -> Mapping[str, str]:
    """The traits that the entries themselves name; of several models the first has it."""
    return {trait: model.id for model in reversed(painters) for trait in sorted(model.traits)}
