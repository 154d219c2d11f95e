"""Samples of the messages of `/privacy`."""

from collections.abc import Iterator
from pathlib import Path

from bot.domain.ids import ImageId, UserId
from bot.domain.privacy import (
    Erasure,
    ErasureKind,
    ErasureStage,
    Inventory,
    PackedPart,
    Subject,
)
from bot.services.privacy.exporting import ExportedPart
from bot.text.words import Words
from bot.ui.privacy.panel import (
    deletion_panel,
    export_panel,
    inventory_panel,
    second_deletion_panel,
)
from tests.contract.sample_values import HIGHEST_ID, WHEN
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

_MANY = 9_999_999


def _inventories() -> Iterator[Inventory]:
    yield Inventory()
    for stage in ErasureStage:
        yield Inventory(
            requests=_MANY,
            pictures=_MANY,
            favourites=_MANY,
            presets=_MANY,
            votes=_MANY,
            reports=_MANY,
            defaults=_MANY,
            places=_MANY,
            erasing=Erasure(Subject(ErasureKind.MEMBER, HIGHEST_ID), WHEN, stage),
        )


@samples_of(inventory_panel)
def _(words: Words) -> Iterator[Sample]:
    for inventory in _inventories():
        for url in (None, f"https://example.org/{'p' * 480}"):
            yield inventory_panel(inventory, words, page_url=url)


@samples_of(deletion_panel)
def _(words: Words) -> Iterator[Sample]:
    for inventory in _inventories():
        yield deletion_panel(inventory, UserId(HIGHEST_ID), words)


@samples_of(second_deletion_panel)
def _(words: Words) -> Iterator[Sample]:
    for inventory in _inventories():
        yield second_deletion_panel(inventory, UserId(HIGHEST_ID), words)


@samples_of(export_panel)
def _(words: Words) -> Iterator[Sample]:
    for number, pictures, more in ((1, 0, False), (1, _MANY, True), (999, _MANY, True)):
        packed = PackedPart(
            path=Path("export.zip"),
            last_image=ImageId("f" * 16) if pictures else None,
            pictures=pictures,
            missing=pictures,
            more=more,
        )
        yield export_panel(ExportedPart(packed, number), UserId(HIGHEST_ID), words)
