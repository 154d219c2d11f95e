"""Copies of a picture store: those pictures that somebody names, each under its hash."""

import shutil
from collections.abc import Iterable
from pathlib import Path


def copy_pictures(source: Path, target: Path, hashes: Iterable[str]) -> int:
    """Copy pictures from one store's folder to another's; returns how many were copied.

    What the source has not (it may have been tidied away) or the target has already is left.

    Raises:
        OSError: if one cannot be written.
    """
    copied = 0
    for sha256 in sorted(hashes):
        original, copy = _path_of(source, sha256), _path_of(target, sha256)
        if not original.is_file() or copy.exists():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        incoming = copy.with_name(f"{sha256}.incoming")
        shutil.copy2(original, incoming)
        incoming.rename(copy)
        copied += 1
    return copied


def _path_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256
