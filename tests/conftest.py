"""What holds for every test."""

import gc

import pytest


def pytest_sessionstart() -> None:
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Spare modules and the list of tests, which live to the end, in every later collection."""
    gc.freeze()
    gc.enable()
