"""The catalogues are whole and in step with the source; `python -m bot.text.extract` helps."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from bot.text import commands, extract
from bot.text.extract import (
    ROOT,
    Sentence,
    find_sentences,
    is_translated,
    read_catalogue,
    updated,
    written,
)
from bot.text.words import SOURCE_LANGUAGE, languages, po_path
from tests.unit.sentences import SENTENCES

TRANSLATED = tuple(language for language in languages() if language != SOURCE_LANGUAGE)

LOOKED_UP_BY_OTHERS_NAMES = {"bot/ui/client/command_translator.py"}
"""Looks up whatever a command describes itself by; `bot.text.commands` marks all of that."""


def catalogue_of(language: str) -> Catalog:
    return read_catalogue(po_path(language), language)


def messages_of(language: str) -> list[Message]:
    return [message for message in catalogue_of(language) if message.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def code_spans(text: str) -> list[str]:
    return sorted(re.findall(r"`[^`]*`", text))


@pytest.mark.parametrize("language", TRANSLATED)
class TestEveryLanguage:
    def test_has_every_sentence_of_the_source_and_no_other(self, language: str) -> None:
        there = {tuple(forms(message.id)) for message in messages_of(language)}
        needed = {(said.text, said.plural) if said.plural else (said.text,) for said in SENTENCES}

        assert there - needed == set()
        assert needed - there == set()
        assert not catalogue_of(language).obsolete

    def test_names_the_files_that_its_sentences_stand_in(self, language: str) -> None:
        there = {
            (forms(message.id)[0], file)
            for message in messages_of(language)
            for file, _ in message.locations
        }

        assert there == {(said.text, said.file) for said in SENTENCES}

    def test_translates_every_sentence_in_every_form(self, language: str) -> None:
        assert [message.id for message in messages_of(language) if not is_translated(message)] == []

    def test_has_as_many_forms_as_the_language(self, language: str) -> None:
        number = catalogue_of(language).num_plurals
        plurals = [message for message in messages_of(language) if message.pluralizable]

        assert plurals
        assert {len(forms(message.string)) for message in plurals} == {number}

    def test_is_sure_of_every_translation(self, language: str) -> None:
        assert [message.id for message in messages_of(language) if message.fuzzy] == []

    def test_keeps_the_placeholders_and_the_code(self, language: str) -> None:
        for message in messages_of(language):
            for form in forms(message.string):
                for text in forms(message.id):
                    assert placeholders(form) == placeholders(text), message.id
                    assert code_spans(form) == code_spans(text), message.id
                    assert form.count("**") == text.count("**"), message.id

    def test_passes_the_checks_of_gettext(self, language: str) -> None:
        assert list(catalogue_of(language).check()) == []


class TestTheSource:
    def test_a_sentence_has_one_plural_only(self) -> None:
        plurals: dict[str, str] = {}
        for said in SENTENCES:
            if said.plural is not None:
                assert plurals.setdefault(said.text, said.plural) == said.plural

    def test_whatever_is_looked_up_by_name_is_marked(self) -> None:
        unmarked = [
            f"{path.relative_to(ROOT).as_posix()}:{line}"
            for place in extract.PLACES
            for path in (ROOT / place).rglob("*.py")
            if path.relative_to(ROOT).as_posix() not in LOOKED_UP_BY_OTHERS_NAMES
            for line in lines_of_unmarked_lookups(ast.parse(path.read_text("utf-8")))
        ]

        assert not unmarked, "\n".join(unmarked)

    def test_all_that_commands_say_of_themselves_is_marked(self) -> None:
        said = {said.text for said in SENTENCES}
        constants = {
            name: text
            for name, text in vars(commands).items()
            if name.isupper() and isinstance(text, str)
        }

        assert constants
        assert [name for name, text in constants.items() if text not in said] == []


def lines_of_unmarked_lookups(tree: ast.Module) -> Iterator[int]:
    """Where `words` is handed neither a literal nor a constant made of `N_` sentences."""
    marked = set(names_of_marked_constants(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="words"), args=[looked_up, *_]):
                pass
            case ast.Call(func=ast.Attribute(attr="plural"), args=[looked_up, *_]):
                pass
            case _:
                continue
        match looked_up:
            case ast.Constant():
                continue
            case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)) if name in marked:
                continue
            case _:
                yield node.lineno


def names_of_marked_constants(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                continue
        if strings_in(value) and strings_in(value) == strings_marked_in(value):
            yield name


def strings_in(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def strings_marked_in(node: ast.AST) -> set[str]:
    return {
        text
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "N_"
        for text in strings_in(part)
    }


class TestExtraction:
    def test_finds_what_is_marked_wherever_it_stands(self, tmp_path: Path) -> None:
        write_source(
            tmp_path,
            'LATER = N_("Said " "later.")\n'
            "def show(words, count, name):\n"
            '    words("{outer} {inner}", outer=1, inner=words("Inner."))\n'
            '    words.plural("{count} day", "{count} days", count)\n'
            '    words(LATER) + words(f"{name}") + name("Not marked.") + (lambda: 1)()\n'
            "    return f\"# {words('Within.')}\"\n",
        )

        found = [(said.text, said.plural) for said in find_sentences(tmp_path)]

        assert found == [
            ("Said later.", None),
            ("{outer} {inner}", None),
            ("Inner.", None),
            ("{count} day", "{count} days"),
            ("Within.", None),
        ]

    def test_keeps_translations_begins_new_sentences_and_drops_old_ones(self) -> None:
        former = updated("de", [sentence("Kept."), sentence("Old.")], None)
        former.add("Kept.", string="Behalten.")
        former["Kept."].string = "Behalten."

        catalogue = updated("de", [sentence("New."), sentence("Kept.")], former)

        assert [message.id for message in catalogue if message.id] == ["New.", "Kept."]
        assert catalogue["Kept."].string == "Behalten."
        assert not is_translated(catalogue["New."])

    def test_a_sentence_that_gained_a_plural_is_translated_anew(self) -> None:
        former = updated("de", [sentence("{count} day")], None)
        former["{count} day"].string = "{count} Tag"

        catalogue = updated("de", [sentence("{count} day", plural="{count} days")], former)

        assert not is_translated(catalogue["{count} day"])

    def test_writes_nothing_that_changes_by_itself(self) -> None:
        text = written(updated("de", [sentence("Kept.", file="bot/a.py")], None))

        assert "#: bot/a.py\n" in text
        assert not re.search(r"\d{4}-\d{2}-\d{2}|Date|Babel|@", text)
        assert text.endswith('msgstr ""\n')

    def test_updates_every_language_there_is_and_begins_those_named(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        write_source(tmp_path, 'words("Hello.")')
        monkeypatch.setattr(extract, "ROOT", tmp_path)
        monkeypatch.setattr(extract, "po_path", lambda language: tmp_path / language / "gondola.po")

        assert extract.main([]) == 0
        assert extract.main(["fr"]) == 0
        assert extract.main(["fr"]) == 0

        assert (tmp_path / "de" / "gondola.po").exists()
        assert "Hello." in (tmp_path / "fr" / "gondola.po").read_text("utf-8")
        assert capsys.readouterr().out.splitlines() == [
            "de: 1 sentences, 1 untranslated",
            "fr: 1 sentences, 1 untranslated",
            "fr: 1 sentences, 1 untranslated",
        ]


def sentence(text: str, *, plural: str | None = None, file: str = "bot/example.py") -> Sentence:
    return Sentence(text, plural, file)


def write_source(root: Path, source: str) -> None:
    (root / "bot").mkdir()
    (root / "bot" / "example.py").write_text(source, "utf-8")
