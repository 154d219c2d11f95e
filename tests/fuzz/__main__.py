"""`make fuzz`, or `python -m tests.fuzz [target …] [--seconds 60]`: ends with 1 on a finding.

An input that a parser fails on is written to `.cache/fuzz/`, and so is the slowest of each.
"""

import argparse
import hashlib
import random
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.mutating import mutated
from tests.fuzz.targets import TARGETS, Target

KEPT = Path(".cache/fuzz")


def main() -> int:
    """Give each target its share of the time, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", nargs="*", help="all by default")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--seed", type=int, default=None, help="of the dice")
    asked = parser.parse_args()
    chosen = [target for target in TARGETS if not asked.target or target.name in asked.target]
    findings = [_fuzz(target, seconds=asked.seconds, seed=asked.seed) for target in chosen]
    return int(any(findings))


def _fuzz(target: Target, *, seconds: float, seed: int | None) -> bool:
    dice = random.Random(seed)  # noqa: S311 - chances, not secrets
    inputs, slowest_s, slowest = 0, 0.0, b""
    end = time.monotonic() + seconds
    while (began := time.monotonic()) < end:
        data = mutated(dice, target.seeds)
        try:
            target.parse(data)
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            path = _keep(target, data, "finding")
            sys.stdout.write(f"{target.name}: failed on {path}\n{traceback.format_exc()}\n")
            return True
        inputs += 1
        if (took_s := time.monotonic() - began) > slowest_s:
            slowest_s, slowest = took_s, data
    path = _keep(target, slowest, "slowest")
    sys.stdout.write(f"{target.name}: {inputs} inputs, slowest {slowest_s * 1e3:.1f} ms ({path})\n")
    return False


def _keep(target: Target, data: bytes, what: str) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{target.name}-{what}-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    sys.exit(main())
