"""Looks the locked dependencies up among known vulnerabilities: `make audit`.

pip-audit asks the public database. Where that does not answer, nothing has been found out, and
this says so instead of calling it a success; it does not fail, as a change cannot mend it.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCKED = Path(__file__).parents[2] / "requirements" / "demo.txt"
"""The bot with all its extras: what is installed by those who run it."""

TIMEOUT_S = 300


@dataclass(frozen=True, slots=True)
class Audit:
    """What is known of the dependencies.

    Attributes:
        known: a line for each known vulnerability.
        looked_up: how many packages the database knew.
        not_looked_up: the names of those of which nothing could be found out.
    """

    known: tuple[str, ...]
    looked_up: int
    not_looked_up: tuple[str, ...]


def main() -> int:
    """Ask, and say what came of it; 1 where a vulnerability is known."""
    command = [sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--disable-pip"]
    command += ["--require-hashes", "--format=json", "-r", f"{LOCKED}"]
    try:
        asked = subprocess.run(  # noqa: S603 - the command is made here
            command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
        audit = read_report(json.loads(asked.stdout))
    except (subprocess.TimeoutExpired, ValueError):
        sys.stdout.write("Not audited: the database of vulnerabilities does not answer.\n")
        return 0
    sys.stdout.write(told(audit))
    return int(bool(audit.known))


def read_report(report: dict[str, Any]) -> Audit:
    """What pip-audit's JSON says."""
    packages = report["dependencies"]
    return Audit(
        known=tuple(
            f"{package['name']} {package['version']}: {known['id']}, mended in "
            f"{', '.join(known['fix_versions']) or 'no version yet'}"
            for package in packages
            for known in package.get("vulns", ())
        ),
        looked_up=sum("skip_reason" not in package for package in packages),
        not_looked_up=tuple(package["name"] for package in packages if "skip_reason" in package),
    )


def told(audit: Audit) -> str:
    """The audit in lines, those that matter first."""
    lines = [*audit.known]
    if audit.not_looked_up and not audit.looked_up:
        lines.append("Not audited: the database of vulnerabilities knows none of the packages.")
    elif audit.not_looked_up:
        lines.append(f"Not looked up: {', '.join(audit.not_looked_up)}.")
    lines.append(f"{audit.looked_up} packages looked up, {len(audit.known)} vulnerabilities known.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
