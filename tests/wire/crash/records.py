"""What stands in the database and the image store after a run, read behind the bot's back."""

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.jobs.failure import Billing
from bot.domain.jobs.job import OPEN_JOB_STATES, ImageState, JobState

_SUMS = "reserved_images, used_images, reserved_usd_micros, used_usd_micros"
_KEY = "account, bucket_start"


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One image as it is recorded."""

    id: str
    seed: int
    state: ImageState
    billing: Billing | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job as it is recorded, and whether its member is to be told at the next command."""

    id: str
    prompt: str
    state: JobState
    images: tuple[ImageRecord, ...]
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
        """Every job by its prompt."""
        with self._reading() as database:
            images: dict[str, list[ImageRecord]] = {}
            for job_id, *values in database.execute(
                "SELECT job_id, id, seed, state, failure_billing, picture_sha256 FROM images"
                " ORDER BY position"
            ):
                images.setdefault(job_id, []).append(_image(values))
            told = {job_id for (job_id,) in database.execute("SELECT job_id FROM notices")}
            found = [
                JobRecord(
                    id=job_id,
                    prompt=str(json.loads(request)["prompt"]),
                    state=JobState(state),
                    images=tuple(images[job_id]),
                    has_notice=job_id in told,
                )
                for job_id, request, state in database.execute(
                    "SELECT id, request, state FROM jobs"
                )
            ]
        return {job.prompt: job for job in found}

    def open_jobs(self) -> int:
        """How many jobs have not come to their end."""
        marks = ", ".join("?" * len(OPEN_JOB_STATES))
        with self._reading() as database:
            [counted] = database.execute(
                f"SELECT count(*) FROM jobs WHERE state IN ({marks})",  # noqa: S608 - question marks
                sorted(OPEN_JOB_STATES),
            ).fetchone()
        return int(counted)

    def entries(self) -> Mapping[str, Sequence[Entry]]:
        """The ledger's entries by image."""
        by_image: dict[str, list[Entry]] = {}
        with self._reading() as database:
            for values in database.execute(
                "SELECT image_id, accounts.kind, ledger_entries.kind FROM ledger_entries"
                " JOIN accounts ON accounts.key = ledger_entries.account"
            ):
                entry = Entry(*values)
                by_image.setdefault(entry.image_id, []).append(entry)
        return by_image

    def wrong_balances(self) -> list[object]:
        """Balances that are not the sums of their entries, or that still reserve something."""
        added = ", ".join(f"sum({name})" for name in _SUMS.split(", "))
        with self._reading() as database:
            kept = database.execute(f"SELECT {_KEY}, {_SUMS} FROM balances").fetchall()  # noqa: S608 - constants
            summed = database.execute(
                f"SELECT {_KEY}, {added} FROM ledger_entries GROUP BY {_KEY}"  # noqa: S608 - constants
            ).fetchall()
        reserved = [row for row in kept if row[2] or row[4]]
        return [*(set(kept) ^ set(summed)), *reserved]

    def stored(self) -> Counter[str]:
        """The names of the files in the image store, half-written ones too."""
        return Counter(path.name for path in self._store.rglob("*") if path.is_file())

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self._database, timeout=10)) as database:
            yield database


def _image(values: Sequence[object]) -> ImageRecord:
    image_id, seed, state, billing, sha256 = values
    return ImageRecord(
        id=str(image_id),
        seed=int(str(seed)),
        state=ImageState(str(state)),
        billing=None if billing is None else Billing(str(billing)),
        sha256=None if sha256 is None else str(sha256),
    )
