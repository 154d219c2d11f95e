"""Runs the stand-in alone: `python -m sandbox.venice --port 8787 --delay 1.5`."""

import argparse
import asyncio
import contextlib
import sys

from sandbox.venice.options import StandInOptions
from sandbox.venice.server import VeniceStandIn


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox.venice", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key", default="demo-key", help="the Bearer key it takes")
    parser.add_argument("--delay", type=float, default=0.0, help="time to paint, in seconds")
    return parser.parse_args()


async def _run(*, host: str, port: int, options: StandInOptions) -> None:
    async with VeniceStandIn(options, host=host, port=port) as stand_in:
        sys.stdout.write(f"The stand-in listens on {stand_in.base_url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    arguments = _arguments()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(
            _run(
                host=arguments.host,
                port=arguments.port,
                options=StandInOptions(api_key=arguments.key, delay_s=arguments.delay),
            )
        )
