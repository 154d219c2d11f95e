"""What holds for every test."""

import gc
from collections.abc import Generator
from pathlib import Path

import pytest

_MOSTLY_WAIT = {"browser", "wire"}
"""Their tests wait for processes and pages, while others compute."""

_ALL_BEGUN_AFTER = 0.8
"""The part of the run after which none of these begins: they take long, and would be the last."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the files that mostly wait among those that compute, so that no core idles."""
    files = dict.fromkeys(item.path for item in items)
    waiting = [file for file in files if _MOSTLY_WAIT.intersection(file.parts)]
    computing = [file for file in files if file not in waiting]
    turns = _spread(waiting, until=_ALL_BEGUN_AFTER) | _spread(computing, until=1.0)
    items.sort(key=lambda item: turns[item.path])


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among modules and tests, which live to the end: not now, nor later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def _spread(files: list[Path], *, until: float) -> dict[Path, float]:
    return {file: until * place / len(files) for place, file in enumerate(files)}
