"""The files in `docs/operations` and the container speak of things that there are."""

import fnmatch
import json
import re
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # published without type information
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import Metric

from bot.app import DRAIN_S
from bot.ops.metrics import Metrics
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
OPERATIONS = ROOT / "docs" / "operations"
SERIES = re.compile(r"\b(?:gondola|process)_[a-z_]+\b")
SELECTOR = re.compile(r"\b(gondola_[a-z_]+)\{([^}]*)\}")
LABEL = re.compile(r"([a-z_]+)\s*[=!]")
SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}


@pytest.fixture(scope="module")
def families() -> tuple[Metric, ...]:
    return tuple(Metrics(CollectorRegistry()).registry.collect())


def series_of(families: tuple[Metric, ...]) -> set[str]:
    return {family.name + suffix for family in families for suffix in SUFFIXES.get(family.type, ())}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((OPERATIONS / "alerts.yml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((OPERATIONS / "dashboard.json").read_text("utf-8"))[
        "panels"
    ]
    return found


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in rules())
    yield from (target["expr"] for panel in panels() for target in panel["targets"])


def test_every_series_that_is_asked_for_is_served(families: tuple[Metric, ...]) -> None:
    asked = {name for expression in expressions() for name in SERIES.findall(expression)}

    assert asked
    assert asked - series_of(families) == set()


def test_every_series_of_the_bot_is_on_the_dashboard_or_in_an_alert(
    families: tuple[Metric, ...],
) -> None:
    everywhere = "\n".join(expressions())

    assert [
        family.name
        for family in families
        if family.name.startswith("gondola_") and family.name not in everywhere
    ] == []


def test_every_label_that_is_asked_for_belongs_to_its_series() -> None:
    labels = {
        metric._name: set(metric._labelnames)
        for metric in vars(Metrics(CollectorRegistry())).values()
        if hasattr(metric, "_labelnames")
    }
    wrong = [
        f"{series}: {label}"
        for expression in expressions()
        for series, selector in SELECTOR.findall(expression)
        for label in LABEL.findall(selector)
        if label not in labels[re.sub(r"_(total|bucket|count|sum)$", "", series)]
    ]

    assert wrong == []


def test_every_alert_says_what_it_means_and_what_to_do() -> None:
    guide = (OPERATIONS / "README.md").read_text("utf-8")
    for rule in rules():
        name = rule["alert"]
        assert f"### {name}\n" in guide
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["runbook"] == f"docs/operations/README.md#{name.lower()}"
        assert rule["labels"]["severity"] in {"page", "warning"}


def test_no_two_panels_lie_on_one_another() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {
            (place["x"] + column, place["y"] + row)
            for column in range(place["w"])
            for row in range(place["h"])
        }
        assert not taken & cells, panel["title"]
        taken |= cells


class TestTheContainer:
    DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")

    def copied(self) -> list[str]:
        return re.findall(r"^COPY (?!--from)(\S+) ", self.DOCKERFILE, flags=re.MULTILINE)

    def test_what_it_copies_is_there_and_is_sent_to_the_build(self) -> None:
        sent = [
            line[1:]
            for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
            if line.startswith("!")
        ]
        assert self.copied()
        for source in self.copied():
            assert (ROOT / source).exists(), source
            assert any(fnmatch.fnmatch(source, each) for each in sent), source

    def test_it_copies_all_that_the_bot_is_made_of(self) -> None:
        parts = {path.parent.name for path in ROOT.glob("*/__init__.py")}
        not_of_the_bot = {"sandbox", "tests", "bench"}
        assert parts - not_of_the_bot <= set(self.copied())

    def test_it_runs_as_an_ordinary_user_and_asks_after_the_bots_health(self) -> None:
        assert "\nUSER gondola\n" in self.DOCKERFILE
        assert 'CMD ["python", "-m", "bot.ops.healthcheck"]' in self.DOCKERFILE
        assert (ROOT / "bot/ops/healthcheck.py").exists()

    def test_what_it_sets_are_settings(self) -> None:
        of_python_and_its_libraries = {"PATH", "TMPDIR", "MPLCONFIGDIR", "MALLOC_ARENA_MAX"}
        [block] = re.findall(r"^ENV ((?:.*\\\n)*.*)", self.DOCKERFILE, flags=re.MULTILINE)
        names = set(re.findall(r"(\w+)=", block)) - of_python_and_its_libraries
        assert {name for name in names if not name.startswith("PYTHON")} <= variables()

    def test_compose_reads_the_root_only_and_gives_jobs_time_to_end(self) -> None:
        [service] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"].values()
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["stop_grace_period"] == "35s"
        assert set(service["environment"]) <= variables()
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_the_systemd_unit_sets_what_are_settings_and_runs_the_bot() -> None:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign] # the documented way to keep capitals
    unit.read_string((OPERATIONS / "gondola.service").read_text("utf-8"))
    text = (OPERATIONS / "gondola.service").read_text("utf-8")
    names = set(re.findall(r"^Environment=(\w+)=", text, flags=re.MULTILINE))

    of_others = {"MALLOC_ARENA_MAX", "MPLCONFIGDIR", "PYTHONDONTWRITEBYTECODE"}
    assert names - variables() == of_others
    assert unit["Service"]["ExecStart"].endswith("python -m bot run")
    assert int(unit["Service"]["TimeoutStopSec"]) > DRAIN_S


def variables() -> set[str]:
    return {name.upper() for name in Settings.model_fields}
