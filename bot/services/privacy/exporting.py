"""Giving members all that is stored of them: files of JSON and pictures, one a message."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.domain.ids import ImageId, UserId
from bot.domain.privacy import (
    EXPORT_EVERY,
    ExportRow,
    ExportTooSoon,
    Inventory,
    NothingStored,
    PackedPart,
)
from bot.services.ports import Clock
from bot.services.privacy.ports import Packer
from bot.services.storage_ports import Storage

log = structlog.get_logger(__name__)

ROWS_AT_ONCE = 500
PICTURES_A_PART = 500
MARGIN_BYTES = 100_000
"""What a message's own words and the edges of the upload may take beside the file."""


@dataclass(frozen=True, slots=True)
class ExportedPart:
    """One file of an export, and the number by which the member knows it, from 1."""

    packed: PackedPart
    number: int


class ExportService:
    """Builds exports for the members themselves."""

    def __init__(self, *, storage: Storage, packer: Packer, clock: Clock) -> None:
        self._storage = storage
        self._packer = packer
        self._clock = clock

    async def inventory(self, user_id: UserId) -> Inventory:
        """How much is stored of a member."""
        async with self._storage.read() as tx:
            return await tx.personal_data.inventory(user_id)

    async def begin(self, user_id: UserId, *, file_limit_bytes: int) -> ExportedPart:
        """The first file: everything in writing, and as many pictures as fit beside it.

        Raises:
            NothingStored: if nothing is stored of the member.
            ExportTooSoon: if they have exported everything within the last hour.
            ExportTooLarge: if what is in writing alone does not fit.
        """
        if (await self.inventory(user_id)).is_empty:
            raise NothingStored
        now = self._clock.now()
        async with self._storage.write() as tx:
            since = now - EXPORT_EVERY
            if not await tx.personal_data.note_export(user_id, now=now, unless_since=since):
                last = await tx.personal_data.last_export(user_id) or now
                raise ExportTooSoon(last + EXPORT_EVERY)
        try:
            packed = await self._pack(
                user_id, behind=None, file_limit_bytes=file_limit_bytes, with_documents=True
            )
        except Exception:
            async with self._storage.write() as tx:
                await tx.personal_data.forget_export(user_id)
            raise
        return ExportedPart(packed, 1)

    async def go_on(
        self, user_id: UserId, *, number: int, behind: ImageId, file_limit_bytes: int
    ) -> ExportedPart:
        """A further file: the pictures that come behind the last one of the file before."""
        packed = await self._pack(
            user_id, behind=behind, file_limit_bytes=file_limit_bytes, with_documents=False
        )
        return ExportedPart(packed, number)

    async def discard(self, part: ExportedPart) -> None:
        """Remove a file that was sent."""
        await self._packer.discard(part.packed)

    async def _pack(
        self,
        user_id: UserId,
        *,
        behind: ImageId | None,
        file_limit_bytes: int,
        with_documents: bool,
    ) -> PackedPart:
        async with self._storage.read() as tx:
            pictures = await tx.personal_data.pictures(
                user_id, behind=behind, limit=PICTURES_A_PART + 1
            )
        packed = await self._packer.pack(
            self._documents(user_id) if with_documents else None,
            pictures[:PICTURES_A_PART],
            limit_bytes=file_limit_bytes - MARGIN_BYTES,
        )
        if len(pictures) > PICTURES_A_PART:
            packed = replace(packed, more=True)
        log.info("exported", pictures=packed.pictures, missing=packed.missing, more=packed.more)
        return packed

    async def _documents(self, user_id: UserId) -> AsyncIterator[tuple[str, Sequence[ExportRow]]]:
        """Every table that tells of the member, in pieces that fit into memory."""
        async with self._storage.read() as tx:
            tables = tx.personal_data.tables()
        for table in tables:
            offset = 0
            while True:
                async with self._storage.read() as tx:
                    rows = await tx.personal_data.rows(
                        table, user_id, offset=offset, limit=ROWS_AT_ONCE
                    )
                yield table, rows
                offset += len(rows)
                if len(rows) < ROWS_AT_ONCE:
                    break
