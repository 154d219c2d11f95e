"""The command line: `python -m bot [run|demo|migrate]`."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from bot.client import StartError
from bot.live import run_live
from bot.ops.logs import configure_logs
from bot.settings import Settings, SettingsError, read_settings
from bot.storage.database import Database
from bot.storage.errors import StorageError

EXIT_FAILED = 1
EXIT_BAD_SETTINGS = 2


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit code. What is wrong is said in one line."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = read_settings()
    except SettingsError as error:
        return _fail(str(error), EXIT_BAD_SETTINGS)
    configure_logs(settings.log_level, settings.log_format)
    try:
        command: Callable[[Settings], int] = chosen.command
        return command(settings)
    except (StartError, StorageError) as error:
        return _fail(str(error), EXIT_FAILED)
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Gondola, a Discord bot that paints."
    )
    parser.set_defaults(command=_run_or_demo)
    commands = parser.add_subparsers(title="commands")
    for name, command, text in (
        ("run", _run, "start the bot; needs DISCORD_TOKEN and VENICE_API_KEY"),
        ("demo", _demo, "start the bot inside a simulated Discord in the browser"),
        ("migrate", _migrate, "bring the database's schema up to date, and stop"),
    ):
        commands.add_parser(name, help=text, description=text).set_defaults(command=command)
    return parser


def _run_or_demo(settings: Settings) -> int:
    if settings.has_credentials:
        return _run(settings)
    print("No DISCORD_TOKEN and VENICE_API_KEY in .env: starting the demo.")  # noqa: T201 - for the terminal
    return _demo(settings)


def _run(settings: Settings) -> int:
    _on_the_fastest_loop(run_live(settings))
    return 0


def _demo(settings: Settings) -> int:
    from sandbox.demo.run import run_demo  # noqa: PLC0415 - no part of the bot, save here

    asyncio.run(run_demo(settings))
    return 0


def _migrate(settings: Settings) -> int:
    async def migrate() -> None:
        async with Database.open(settings.database_url) as database:
            moved = database.migration
            print(f"The schema is at {moved.to_revision} (was: {moved.from_revision or 'empty'}).")  # noqa: T201 - for the terminal

    asyncio.run(migrate())
    return 0


def _on_the_fastest_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop where it is installed."""
    try:
        import uvloop  # noqa: PLC0415 - not there on every platform
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


def _fail(sentence: str, code: int) -> int:
    one_line = " ".join(sentence.split())
    print(f"gondola: {one_line}", file=sys.stderr)  # noqa: T201 - for the terminal
    return code
