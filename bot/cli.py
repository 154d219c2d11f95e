"""The command line: `python -m bot [run|demo|migrate|imagine|doctor|backup|restore]`."""

import argparse
import asyncio
import io
import sys
from collections.abc import Callable, Coroutine
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.backup import back_up, restore
from bot.client import StartError
from bot.doctor import Verdict, examine
from bot.doctor.table import table
from bot.domain.asking.request import ImageRequest
from bot.live import run_live
from bot.ops.http import PortUnavailable
from bot.ops.logs import configure_logs
from bot.settings import Settings, SettingsError, read_settings
from bot.shell_imagine import DEFAULT_PATH, ImagineError, Order, imagine
from bot.storage.database import Database
from bot.storage.errors import StorageError
from bot.wiring.backend import BackendError

_Command = Callable[[Settings, argparse.Namespace], int]

EXIT_FAILED = 1
EXIT_BAD_SETTINGS = 2


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit code. What is wrong is said in one line."""
    _speak_at_once()
    chosen = _parser().parse_args(arguments)
    try:
        settings = read_settings()
    except SettingsError as error:
        return _fail(str(error), EXIT_BAD_SETTINGS)
    level = settings.log_level if chosen.logs else "ERROR"
    configure_logs(level, settings.log_format)
    try:
        command: _Command = chosen.command
        return command(settings, chosen)
    except (StartError, StorageError, BackendError, ImagineError, PortUnavailable) as error:
        return _fail(str(error), EXIT_FAILED)
    except KeyboardInterrupt:
        return 0


def _speak_at_once() -> None:
    """Let each line be seen as it is said, also in a file, a pipe or a container's log."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Gondola, a Discord bot that paints."
    )
    parser.set_defaults(command=_run_or_demo, logs=True)
    commands = parser.add_subparsers(title="commands")
    for name, command, text in (
        ("run", _run, "start the bot; needs DISCORD_TOKEN and VENICE_API_KEY"),
        ("demo", _demo, "start the bot inside a simulated Discord in the browser"),
        ("migrate", _migrate, "bring the database's schema up to date, and stop"),
    ):
        commands.add_parser(name, help=text, description=text).set_defaults(command=command)
    _add_imagine(commands)
    _add_backup(commands)
    text = "check settings, Discord, the image API, database and disk; 1 if there is a fault"
    doctor = commands.add_parser("doctor", help=text, description=text)
    doctor.set_defaults(command=_doctor, logs=False)
    return parser


def _add_imagine(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    text = "paint one picture into a file; needs VENICE_API_KEY"
    parser = commands.add_parser("imagine", help=text, description=text)
    parser.add_argument("prompt", help="what to paint")
    parser.add_argument("--model", help="its name, trait or legacy name")
    parser.add_argument("--aspect", help="a ratio, such as 16:9")
    parser.add_argument("--size", help="width and height, such as 1024x768, or a tier, such as 2K")
    parser.add_argument("--seed", type=int, help="a number, for the same picture again")
    parser.add_argument("-o", dest="path", type=Path, default=DEFAULT_PATH, help="the file")
    parser.set_defaults(command=_imagine, logs=False)


def _add_backup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    text = "copy the SQLite database into a new folder, also while the bot runs"
    backup = commands.add_parser("backup", help=text, description=text)
    backup.add_argument("folder", type=Path, help="a folder that does not exist yet")
    backup.add_argument(
        "--pictures", action="store_true", help="copy the pictures that it names as well"
    )
    backup.set_defaults(command=_backup, logs=False)
    text = "put a backup where the settings say, if nothing is there; the bot must not run"
    restored = commands.add_parser("restore", help=text, description=text)
    restored.add_argument("folder", type=Path, help="the backup's folder")
    restored.set_defaults(command=_restore, logs=False)


def _run_or_demo(settings: Settings, chosen: argparse.Namespace) -> int:
    if settings.has_credentials:
        return _run(settings, chosen)
    print("No DISCORD_TOKEN and VENICE_API_KEY in .env: starting the demo.")  # noqa: T201 - for the terminal
    return _demo(settings, chosen)


def _run(settings: Settings, _chosen: argparse.Namespace) -> int:
    _on_the_fastest_loop(run_live(settings))
    return 0


def _demo(settings: Settings, _chosen: argparse.Namespace) -> int:
    if find_spec("sandbox") is None:
        return _fail("there is no demo here; it runs from a checkout, by `make demo`.", EXIT_FAILED)
    from sandbox.demo.run import run_demo  # noqa: PLC0415 - no part of the bot, save here

    asyncio.run(run_demo(settings))
    return 0


def _migrate(settings: Settings, _chosen: argparse.Namespace) -> int:
    async def migrate() -> None:
        async with Database.open(settings.database_url) as database:
            moved = database.migration
            print(f"The schema is at {moved.to_revision} (was: {moved.from_revision or 'empty'}).")  # noqa: T201 - for the terminal

    asyncio.run(migrate())
    return 0


def _imagine(settings: Settings, chosen: argparse.Namespace) -> int:
    request = ImageRequest(
        prompt=chosen.prompt,
        model=chosen.model,
        aspect=chosen.aspect,
        size=chosen.size,
        seed=chosen.seed,
    )
    print(asyncio.run(imagine(settings, Order(request, chosen.path))))  # noqa: T201 - for the terminal
    return 0


def _backup(settings: Settings, chosen: argparse.Namespace) -> int:
    print(back_up(settings, chosen.folder, pictures=chosen.pictures))  # noqa: T201 - for the terminal
    return 0


def _restore(settings: Settings, chosen: argparse.Namespace) -> int:
    print(restore(settings, chosen.folder))  # noqa: T201 - for the terminal
    return 0


def _doctor(settings: Settings, _chosen: argparse.Namespace) -> int:
    findings = asyncio.run(examine(settings))
    for line in table(findings):
        print(line)  # noqa: T201 - for the terminal
    return EXIT_FAILED if any(each.verdict is Verdict.FAULT for each in findings) else 0


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
