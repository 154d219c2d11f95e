"""What the audit of dependencies makes of pip-audit's answers."""

from typing import Any

from tests.operation.dependency_audit import read_report, told


def report(*packages: dict[str, Any]) -> dict[str, Any]:
    return {"dependencies": list(packages), "fixes": []}


SAFE = {"name": "yarl", "version": "1.25.1", "vulns": []}
UNKNOWN = {"name": "uvloop", "skip_reason": "not found"}
BROKEN = {
    "name": "pillow",
    "version": "9.0",
    "vulns": [{"id": "CVE-2023-4863", "fix_versions": ["10.0.1"], "aliases": []}],
}


def test_a_known_vulnerability_is_told_with_the_version_that_mends_it() -> None:
    words = told(read_report(report(SAFE, BROKEN)))

    assert words.splitlines() == [
        "pillow 9.0: CVE-2023-4863, mended in 10.0.1",
        "2 packages looked up, 1 vulnerabilities known.",
    ]


def test_what_could_not_be_looked_up_is_named() -> None:
    assert "Not looked up: uvloop." in told(read_report(report(SAFE, UNKNOWN)))


def test_an_audit_that_found_nothing_out_is_no_success() -> None:
    words = told(read_report(report(UNKNOWN)))

    assert words.startswith("Not audited: ")
