"""The unit as systemd itself reads it, where systemd's own tool is at hand."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "docs" / "operations" / "gondola.service"
LARGEST_EXPOSURE = 2.0
"""On systemd's scale from 0 to 10, of which it calls less than 5 OK; systemd 252 says 1.3."""

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here"
)


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program that is on this machine: systemd looks whether it is there."""
    path = tmp_path / UNIT.name
    path.write_text(
        UNIT.read_text("utf-8").replace("/opt/gondola/.venv/bin/python", sys.executable)
    )
    return path


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a program of the system, on a file of the test
        ["systemd-analyze", *arguments],  # noqa: S607 - wherever the system has it
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_systemd_takes_every_line(unit: Path) -> None:
    done = analyze("verify", "--man=no", f"{unit}")
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_rates_it_as_well_protected(unit: Path) -> None:
    told = analyze("security", "--offline=true", "--no-pager", f"{unit}").stdout
    [exposure] = re.findall(r"Overall exposure level for \S+: ([\d.]+)", told)
    assert float(exposure) <= LARGEST_EXPOSURE
