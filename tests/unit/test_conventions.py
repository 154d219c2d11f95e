"""What the project has agreed on, asked of its source."""

import ast
import io
import re
import shutil
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
MOST_LINES = 350

CLOCKS_AND_CHANCE = {"time", "random", "secrets", "uuid"}
READINGS_OF_THE_CLOCK = {"now", "utcnow", "today"}

SUPPRESSED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)", re.IGNORECASE)
SUPPRESSED_WITH_REASON = re.compile(
    r"#\s*noqa: [A-Z]+\d+(, [A-Z]+\d+)* - \S"
    r"|#\s*type: ignore\[[a-z, -]+\]\s*# \S"
    r"|#\s*pragma: no (cover|branch) - \S",
)


def sources(*places: str) -> list[Path]:
    return sorted(path for place in places for path in (ROOT / place).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def test_a_modules_name_says_what_is_in_it() -> None:
    named = [
        name_of(path)
        for path in sources("bot", "cogs", "sandbox", "tests", "bench", "migrations")
        if VAGUE_NAMES & {path.stem, path.parent.name}
    ]

    assert not named, "\n".join(named)


def test_a_file_has_one_subject_and_is_short() -> None:
    lengths = {name_of(path): line_count(path) for path in sources("bot", "cogs")}

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def line_count(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_the_rules_have_neither_a_clock_nor_chance_of_their_own() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in sources("bot/domain")
        for line in lines_of_clock_or_chance(parsed(path))
    ]

    assert not found, "\n".join(found)


def lines_of_clock_or_chance(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if CLOCKS_AND_CHANCE & {name.name for name in names}:
                yield node.lineno
            case ast.ImportFrom(module=str(module)) if module in CLOCKS_AND_CHANCE:
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr=attribute)) if attribute in READINGS_OF_THE_CLOCK:
                yield node.lineno


def test_whatever_silences_a_tool_says_why() -> None:
    silent = [
        f"{name_of(path)}:{line}"
        for path in sources("bot", "cogs", "sandbox")
        for line, comment in comments_in(path)
        if SUPPRESSED.match(comment) and not SUPPRESSED_WITH_REASON.match(comment)
    ]

    assert not silent, "\n".join(silent)


def comments_in(path: Path) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_cogs_say_nothing_in_words_of_their_own() -> None:
    said = [
        f"{name_of(path)}:{line}: {text!r}"
        for path in sources("cogs")
        for line, text in sentences_in(parsed(path))
    ]

    assert not said, "\n".join(said)


def sentences_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Texts with a blank in them that are no docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if " " in text and id(node) not in docstrings:
                yield node.lineno, text


class TestTheRepository:
    REGISTRIES = tuple(
        ".".join(parts)
        for parts in [
            ("pypi", "org"),
            ("python" + "hosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("crates", "io"),
            ("proxy", "golang", "org"),
        ]
    )
    HOMES = (
        *(f"/{place}/" for place in ("home", "Users", "root")),
        *(f"{drive}:\\Users" for drive in "CD"),
    )

    def test_names_no_registry(self) -> None:
        assert list(files_that_name(self.REGISTRIES)) == []

    def test_names_no_place_of_one_machine(self) -> None:
        assert list(files_that_name(self.HOMES)) == []


def files_that_name(words: tuple[str, ...]) -> Iterator[str]:
    wanted = re.compile(b"|".join(re.escape(word.encode()) for word in words))
    for path in repository_files():
        if found := wanted.search(path.read_bytes()):
            yield f"{name_of(path)}: {found[0].decode()}"


def repository_files() -> list[Path]:
    """What is tracked, and what is not ignored and so will be."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    asked = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.check_output(asked, cwd=ROOT, timeout=30)  # noqa: S603 - fixed arguments
    paths = (ROOT / name.decode() for name in listed.split(b"\0") if name)
    return [path for path in paths if path.is_file()]
