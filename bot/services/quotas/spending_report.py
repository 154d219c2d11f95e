"""The managers' report: who spent what on which models."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.domain.ids import GuildId, ModelId
from bot.domain.money import MICROS_PER_USD, UsdMicros
from bot.domain.spreadsheet import harmless_cell
from bot.domain.statistics.statistics import Spending, quarter_of
from bot.services.ports import ModelCatalogue
from bot.services.statistics.statistics import model_name
from bot.services.storage_ports import Storage

_COLUMNS = ("from", "to", "member_id", "mention", "model", "images", "usd")


@dataclass(frozen=True, slots=True)
class SpendingReport:
    """What a server's members spent from `start` up to but not including `end`, dearest first.

    `model_names` are the models' names as members know them, by id.
    """

    start: datetime
    end: datetime
    lines: tuple[Spending, ...]
    model_names: Mapping[ModelId, str]

    @property
    def images(self) -> int:
        """How many pictures the members were shown."""
        return sum(line.images for line in self.lines)

    @property
    def usd_micros(self) -> UsdMicros:
        """What the server paid."""
        return UsdMicros(sum(line.usd_micros for line in self.lines))


class SpendingReportService:
    """Makes the report. Who may read it is for the caller to ask."""

    def __init__(self, *, storage: Storage, catalogue: ModelCatalogue) -> None:
        self._storage = storage
        self._catalogue = catalogue

    async def report(self, guild_id: GuildId, start: datetime, end: datetime) -> SpendingReport:
        """Who spent what; the bounds count in whole quarters of an hour."""
        async with self._storage.read() as tx:
            lines = await tx.statistics.spending(guild_id, quarter_of(start), quarter_of(end))
        names = {line.model: model_name(self._catalogue, line.model) for line in lines}
        return SpendingReport(start, end, tuple(lines), names)


def csv_of(report: SpendingReport) -> bytes:
    """The report for a spreadsheet: a line for each member and model, in dollars.

    Members stand there by id and, because spreadsheets round numbers so long, as a mention. Both
    are empty for members whose data is deleted.
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(_COLUMNS)
    for line in report.lines:
        table.writerow(map(harmless_cell, _cells(report, line)))
    return written.getvalue().encode()


def _cells(report: SpendingReport, line: Spending) -> tuple[str, ...]:
    return (
        report.start.isoformat(timespec="minutes"),
        report.end.isoformat(timespec="minutes"),
        "" if line.user_id is None else f"{line.user_id}",
        "" if line.user_id is None else f"<@{line.user_id}>",
        line.model,
        f"{line.images}",
        f"{Decimal(line.usd_micros) / MICROS_PER_USD:f}",
    )
