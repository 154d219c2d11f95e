"""What the Dockerfile copies is all that the bot needs: it runs from a folder of nothing else."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.text.words import languages

ROOT = Path(__file__).parents[2]
IMPORT_ALL = """
import importlib, pkgutil
import bot, cogs
for package in (bot, cogs):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
"""
SAY_LANGUAGES = "from bot.text.words import languages; print(*languages())"


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the final stage has in /app."""
    app = tmp_path_factory.mktemp("image") / "app"
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    for source, target in re.findall(r"^COPY (?!--from)(\S+) (\w+)$", dockerfile, re.MULTILINE):
        shutil.copytree(ROOT / source, app / target, ignore=shutil.ignore_patterns("__pycache__"))
    return app


def python(image: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python there, with the installed packages and nothing of the checkout."""
    return subprocess.run(  # noqa: S603 - this Python, with arguments of the test
        [sys.executable, *arguments],
        cwd=image,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "DATABASE_URL": "sqlite+aiosqlite:///../gondola.db",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_schema_is_brought_up_to_date(image: Path) -> None:
    newest = max(path.stem[:4] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))

    done = python(image, "-m", "bot", "migrate")

    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(image.parent / "gondola.db")) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(newest,)]


def test_every_module_finds_what_it_imports(image: Path) -> None:
    done = python(image, "-c", IMPORT_ALL)

    assert done.returncode == 0, done.stderr


def test_every_language_is_there(image: Path) -> None:
    assert python(image, "-c", SAY_LANGUAGES).stdout.split() == list(languages())


def test_the_demo_is_not_and_that_is_said_in_one_line(image: Path) -> None:
    done = python(image, "-m", "bot", "demo")

    assert done.returncode == 1
    assert done.stderr.startswith("gondola: there is no demo here")
    assert done.stderr.count("\n") == 1
