"""Each parser takes a few hundred hostile inputs; `make fuzz` goes on for longer."""

import ast
import random
from pathlib import Path

import pytest

from tests.fuzz.mutating import mutated
from tests.fuzz.targets import TARGETS, Target

ROOT = Path(__file__).parents[2]
INPUTS = 150
READS_NO_STRANGERS = {
    "read_catalogue",  # the translations, which stand in the repository
    "read_settings",  # the operator's, which pydantic reads
    "read_confirm_target",  # needs a clock; it is tested with the requests that wait
}


# Pillow warns of damaged metadata, which is dropped.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_parser_takes_its_seeds_and_what_is_near_them(target: Target) -> None:
    dice = random.Random(target.name)  # noqa: S311 - the same inputs in every run
    for data in (b"", *target.seeds):
        target.parse(data)
    for _ in range(INPUTS):
        target.parse(mutated(dice, target.seeds))


def test_every_parser_has_a_target() -> None:
    """By its name, so that one that is added is not forgotten."""
    source = (ROOT / "tests/fuzz/targets.py").read_text()
    parsers = {
        node.name
        for path in (ROOT / "bot").rglob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith(("read_", "parse_"))
    }
    assert {name for name in parsers - READS_NO_STRANGERS if name not in source} == set()
