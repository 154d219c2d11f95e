"""Keeps the catalogues in step with the source: `python -m bot.text.extract [language …]`.

Every sentence that stands in a `words(…)`, a `words.plural(…)` or an `N_(…)` is written to each
language's .po file, in the order of the source. A translation lives as long as its sentence.
Naming a language that has no file yet begins one. The files hold no dates and no line numbers,
so that a diff shows sentences alone.
"""

import argparse
import ast
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.text.words import SOURCE_LANGUAGE, languages, po_path

ROOT = Path(__file__).parents[2]
PLACES = ("bot", "cogs")
"""Where sentences may stand, relative to the root."""

_LINE_WIDTH = 100

_HEADERS_LEFT_OUT = (
    '"Project-Id-Version:',
    '"Report-Msgid-Bugs-To:',
    '"POT-Creation-Date:',
    '"PO-Revision-Date:',
    '"Last-Translator:',
    '"Language-Team:',
    '"Generated-By:',
)
"""Lines that Babel writes, that no reader needs, and that change by themselves or name people."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in English, its plural form where it has one, and the file it stands in."""

    text: str
    plural: str | None
    file: str


def main(arguments: list[str] | None = None) -> int:
    """Update the files of the languages named, or of all, and say how much is untranslated."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.text.extract",
        description="Bring the .po files in step with the sentences in the source.",
    )
    parser.add_argument("language", nargs="*", help="such as de; all that there are by default")
    asked: list[str] = parser.parse_args(arguments).language
    sentences = list(find_sentences(ROOT))
    for language in asked or languages():
        if language != SOURCE_LANGUAGE:
            sys.stdout.write(f"{_update_file(po_path(language), language, sentences)}\n")
    return 0


def find_sentences(root: Path) -> Iterator[Sentence]:
    """Every sentence that is marked in the source, by file and line."""
    for path in sorted(path for place in PLACES for path in (root / place).rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
            match _marker(call), texts:
                case (("words" | "N_"), [str(text), *_]):
                    yield Sentence(text, None, path.relative_to(root).as_posix())
                case "plural", [str(text), str(plural), *_]:
                    yield Sentence(text, plural, path.relative_to(root).as_posix())


def updated(language: str, sentences: Iterable[Sentence], former: Catalog | None) -> Catalog:
    """A catalogue of exactly these sentences, with the former translations."""
    catalogue = Catalog(locale=language, header_comment="# Gondola's sentences.", fuzzy=False)
    for sentence in sentences:
        key = (sentence.text, sentence.plural) if sentence.plural else sentence.text
        known = former.get(sentence.text) if former is not None else None
        catalogue.add(
            key,
            string=known.string if known is not None and known.id == key else None,
            locations=[(sentence.file, 0)],
            user_comments=known.user_comments if known is not None else (),
        )
    return catalogue


def written(catalogue: Catalog) -> str:
    """A catalogue as the text of its file."""
    target = io.BytesIO()
    write_po(target, catalogue, width=_LINE_WIDTH, include_lineno=False)
    lines = target.getvalue().decode().splitlines()
    kept = (line for line in lines if not line.startswith(_HEADERS_LEFT_OUT))
    return "\n".join(kept).rstrip() + "\n"


def read_catalogue(path: Path, language: str) -> Catalog:
    """The catalogue in a .po file."""
    with path.open("rb") as source:
        return read_po(source, locale=language)


def is_translated(message: Message) -> bool:
    """Whether a sentence is translated, in each of its forms."""
    match message.string:
        case [*forms]:
            return all(forms)
        case text:
            return bool(text)


def _marker(call: ast.Call) -> str | None:
    """The name by which a call marks a sentence: `words`, `plural` or `N_`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return None


def _update_file(path: Path, language: str, sentences: Iterable[Sentence]) -> str:
    former = read_catalogue(path, language) if path.exists() else None
    catalogue = updated(language, sentences, former)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(catalogue), "utf-8")
    missing = [message for message in catalogue if message.id and not is_translated(message)]
    return f"{language}: {len(catalogue)} sentences, {len(missing)} untranslated"


if __name__ == "__main__":
    sys.exit(main())
