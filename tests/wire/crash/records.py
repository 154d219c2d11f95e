"""What stands in the database and the image store after a run, read behind the bot's back."""

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.domain.jobs.failure import Billing
from bot.domain.jobs.job import OPEN_JOB_STATES, ImageState, JobState
from bot.media.syncing import MARK

_SUMS = "reserved_images, used_images, reserved_usd_micros, used_usd_micros"
_KEY = "account, bucket_start"


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One image as it is recorded."""

    id: str
    job_id: str
    seed: int
    state: ImageState
    billing: Billing | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job as it is recorded, and whether its member is to be told at the next command.

    `inputs` are the names of the stored pictures that it works on; `scale` is how much larger it
    makes them.
    """

    id: str
    key: str
    prompt: str | None
    scale: int | None
    state: JobState
    images: tuple[ImageRecord, ...]
    inputs: tuple[str, ...]
    has_notice: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger: of which image, on which kind of account, and what it did."""

    image_id: str
    account_kind: str
    kind: str


class Records:
    """The database file and the image store of a bot that keeps its data in `directory`."""

    def __init__(self, directory: Path) -> None:
        self._database = directory / "data" / "gondola.db"
        self._store = directory / "data" / "images"

    def jobs(self) -> dict[str, JobRecord]:
        """Every job by what it is known by, `i:` and the id of the interaction that asked."""
        # First, so that none is found whose images are written only after they were read.
        jobs = self.rows("SELECT id, idempotency_key, request, state FROM jobs")
        inputs: dict[str, list[str]] = {}
        for job_id, sha256 in self.rows("SELECT job_id, sha256 FROM job_inputs"):
            inputs.setdefault(job_id, []).append(sha256)
        images: dict[str, list[ImageRecord]] = {}
        for each in self.images():
            images.setdefault(each.job_id, []).append(each)
        told = {job_id for (job_id,) in self.rows("SELECT job_id FROM notices")}
        found = [
            JobRecord(
                id=job_id,
                key=key,
                prompt=json.loads(request).get("prompt"),
                scale=json.loads(request).get("scale"),
                state=JobState(state),
                images=tuple(images[job_id]),
                inputs=tuple(inputs.get(job_id, ())),
                has_notice=job_id in told,
            )
            for job_id, key, request, state in jobs
        ]
        return {job.key: job for job in found}

    def images(self) -> list[ImageRecord]:
        """Every image, those of a job in their order."""
        return [
            _image(values)
            for values in self.rows(
                "SELECT id, job_id, seed, state, failure_billing, picture_sha256 FROM images"
                " ORDER BY job_id, position"
            )
        ]

    def open_jobs(self) -> int:
        """How many jobs a worker has something to do for."""
        marks = ", ".join("?" * len(OPEN_JOB_STATES))
        counted = f"SELECT count(*) FROM jobs WHERE state IN ({marks})"  # noqa: S608 - question marks
        return int(self.rows(counted, *sorted(OPEN_JOB_STATES))[0][0])

    def work_due(self, *, now: datetime) -> list[str]:
        """The scheduled work that is due, or was begun and has not ended."""
        return [
            f"{kind} of {subject}"
            for kind, subject, due_at in self.rows(
                "SELECT kind, subject, due_at FROM scheduled_work"
            )
            if _moment(due_at) <= now
        ]

    def scheduled(self) -> frozenset[tuple[str, str]]:
        """Kind and subject of all work that is scheduled."""
        return frozenset(self.rows("SELECT kind, subject FROM scheduled_work"))

    def entries(self) -> Mapping[str, Sequence[Entry]]:
        """The ledger's entries by image."""
        by_image: dict[str, list[Entry]] = {}
        for values in self.rows(
            "SELECT image_id, accounts.kind, ledger_entries.kind FROM ledger_entries"
            " JOIN accounts ON accounts.key = ledger_entries.account"
        ):
            entry = Entry(*values)
            by_image.setdefault(entry.image_id, []).append(entry)
        return by_image

    def wrong_balances(self) -> list[object]:
        """Balances that are not the sums of their entries."""
        added = ", ".join(f"sum({name})" for name in _SUMS.split(", "))
        kept = self.rows(f"SELECT {_KEY}, {_SUMS} FROM balances")  # noqa: S608 - constants
        summed = self.rows(
            f"SELECT {_KEY}, {added} FROM ledger_entries GROUP BY {_KEY}"  # noqa: S608 - constants
        )
        # A grant is written down with an entry of nothing, before anything is drawn of it.
        return [row for row in set(kept) ^ set(summed) if any(row[2:])]

    def reserved_images(self) -> int:
        """How many images all balances of members together still reserve."""
        [(total,)] = self.rows(
            "SELECT coalesce(sum(reserved_images), 0) FROM balances"
            " JOIN accounts ON accounts.key = balances.account WHERE accounts.kind = 'member'"
        )
        return int(total)

    def rows(self, question: str, *values: object) -> list[Any]:
        """What the database answers; nothing before the bot has made its tables."""
        with self._reading() as database:
            try:
                return database.execute(question, values).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" not in str(error):
                    raise
                return []

    def stored(self) -> Counter[str]:
        """The names of the pictures in the image store, half-written ones too."""
        files = (path.name for path in self._store.rglob("*") if path.is_file())
        return Counter(name for name in files if name != MARK)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self._database, timeout=10)) as database:
            yield database


def _image(values: Sequence[object]) -> ImageRecord:
    image_id, job_id, seed, state, billing, sha256 = values
    return ImageRecord(
        id=str(image_id),
        job_id=str(job_id),
        seed=int(str(seed)),
        state=ImageState(str(state)),
        billing=None if billing is None else Billing(str(billing)),
        sha256=None if sha256 is None else str(sha256),
    )


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)
