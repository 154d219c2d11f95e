"""The bot beside the leanest bot there can be: `python -m bench.wire [--quick] [NAME …]`."""

import argparse
import os
from collections.abc import Awaitable, Callable, Mapping

from bench.loop import run
from bench.report import Row, print_table
from bench.wire import acknowledging, delivering, holding, starting, throughput

_Measure = Callable[[], Awaitable[list[Row]]]

_FULL: Mapping[str, _Measure] = {
    "acknowledging": lambda: acknowledging.measure(per_second=50, seconds=4, rounds=4),
    "delivering": lambda: delivering.measure(pictures=30, rounds=6),
    "throughput": lambda: throughput.measure(pictures=100, rounds=4),
    "memory": lambda: holding.measure(requests=100, images=4, size_mib=4),
    "starting": lambda: starting.measure(jobs=1_000_000, rounds=5),
}
_QUICK: Mapping[str, _Measure] = {
    "acknowledging": lambda: acknowledging.measure(per_second=10, seconds=2, rounds=2),
    "delivering": lambda: delivering.measure(pictures=5, rounds=2),
    "throughput": lambda: throughput.measure(pictures=20, rounds=2),
    "memory": lambda: holding.measure(requests=8, images=2, size_mib=1),
    "starting": lambda: starting.measure(jobs=10_000, rounds=2),
}


def main() -> None:
    """Measure what was named, or everything, and print a table and a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.wire", description=__doc__)
    parser.add_argument("names", nargs="*", help=", ".join(_FULL))
    parser.add_argument("--quick", action="store_true", help="a few requests only")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - _FULL.keys()
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there is {', '.join(_FULL)}")
    measures = _QUICK if chosen.quick else _FULL
    print_table(run(_measured([measures[name] for name in chosen.names or measures])))


async def _measured(measures: list[_Measure]) -> list[Row]:
    rows = [row for measure in measures for row in await measure()]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"load {load} on {os.cpu_count()} cores")
    return rows


if __name__ == "__main__":
    main()
