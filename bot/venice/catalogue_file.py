"""The catalogue on disk: what the last good look brought, for a start without network."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import JsonValue, TypeAdapter


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one look at the API brought, in its own shapes.

    Attributes:
        entries: of the model list.
        styles: the style presets.
        traits: trait to model id.
        legacy_names: legacy name to model id.
    """

    entries: tuple[JsonValue, ...] = ()
    styles: tuple[str, ...] = ()
    traits: Mapping[str, str] = field(default_factory=dict)
    legacy_names: Mapping[str, str] = field(default_factory=dict)


_SNAPSHOT: TypeAdapter[Snapshot] = TypeAdapter(Snapshot)


def read_snapshot(path: Path) -> Snapshot:
    """Read what is kept; blocks.

    Raises:
        OSError: if there is none, or it cannot be read.
        ValueError: if it is no snapshot.
    """
    return _SNAPSHOT.validate_json(path.read_bytes())


def write_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Put a snapshot in the place of the kept one, whole or not at all; blocks.

    Raises:
        OSError: if it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    incoming = path.with_name(f"{path.name}.{os.getpid()}.incoming")
    document = {
        "entries": snapshot.entries,
        "styles": snapshot.styles,
        "traits": dict(snapshot.traits),
        "legacy_names": dict(snapshot.legacy_names),
    }
    with incoming.open("w", encoding="utf-8") as file:
        json.dump(document, file)
        file.flush()
        os.fsync(file.fileno())
    incoming.replace(path)
