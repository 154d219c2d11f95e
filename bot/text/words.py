"""Translations: gettext catalogues, read from their .po files, one for each language.

The English sentence is the key. `Words` is one language; `words_for` picks it by a Discord
locale such as `de` or `en-GB`. A sentence that a language lacks is shown in English.
"""

import gettext
import hashlib
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.core import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_LOCALES = Path(__file__).parent / "locales"
_DOMAIN = "gondola"
SOURCE_LANGUAGE = "en"


class Words:
    """The bot's sentences in one language."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self._translations = translations

    def __call__(self, sentence: str, /, **values: object) -> str:
        """A sentence with its `{values}` filled in."""
        return self._translations.gettext(sentence).format_map(values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The form of a sentence that fits the count, which is also filled in as `{count}`."""
        chosen = self._translations.ngettext(one, many, count)
        return chosen.format_map({"count": count, **values})


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for a marked sentence
    """Mark a sentence for translation that is looked up later."""
    return sentence


@cache
def languages() -> tuple[str, ...]:
    """The languages there are, the source language first."""
    translated = sorted(path.parent.parent.name for path in _LOCALES.glob("*/*/gondola.po"))
    return (SOURCE_LANGUAGE, *translated)


@cache
def words_for(locale: str) -> Words:
    """The words for a Discord locale; English where there are none."""
    language = locale.replace("_", "-").split("-", maxsplit=1)[0].lower()
    if language == SOURCE_LANGUAGE or language not in languages():
        return Words(SOURCE_LANGUAGE, gettext.NullTranslations())
    return Words(language, _read(language))


def translations_digest() -> str:
    """A hash that changes with any translation."""
    translated = [language for language in languages() if language != SOURCE_LANGUAGE]
    return hashlib.sha256(b"".join(po_path(each).read_bytes() for each in translated)).hexdigest()


def po_path(language: str) -> Path:
    """Where a language's sentences stand."""
    return _LOCALES / language / "LC_MESSAGES" / f"{_DOMAIN}.po"


def _read(language: str) -> gettext.GNUTranslations:
    """Compile a .po file in memory, so that no compiled file has to be kept in step with it."""
    with po_path(language).open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def texts_by_language(sentence: str) -> Mapping[str, str]:
    """A sentence without values in every language there is."""
    return {language: words_for(language)(sentence) for language in languages()}
