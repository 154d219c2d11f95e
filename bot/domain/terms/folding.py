"""One way of writing for what people can write in many: without case, marks and disguises.

Digits and signs that stand for letters are left as they are, because what they stand for depends
on the word: see `bot.domain.terms.readings`.
"""

import re
import unicodedata

from bot.domain.terms.lookalikes import look_alikes

_LETTER_OF = dict(look_alikes())
_NAME_OF_A_FORM = re.compile(
    r"LATIN (?:SMALL |CAPITAL )?LETTER "
    r"(?:SMALL CAPITAL |TURNED |REVERSED |INSULAR |SCRIPT |BLACKLETTER |DOTLESS |INVERTED )*"
    r"([A-Z])(?: WITH .+)?"
)
_UNSEEN_CATEGORIES = frozenset({"Mn", "Me", "Cf", "Cs"})
"""Marks on the letter before, characters that show nothing, and halves of surrogate pairs."""

_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""What shows nothing either, though Unicode calls it a letter or a symbol."""


def without_halves(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON can spell and UTF-8 cannot."""
    return text if text.isascii() else text.encode(errors="ignore").decode()


class _Folds(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded_character(chr(code))
        return folded


def _folded_character(character: str) -> str:
    if character in _UNSEEN:
        return ""
    twice = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(
        _LETTER_OF.get(part) or _latin_letter(part) or _plain(part)
        for part in twice
        if unicodedata.category(part) not in _UNSEEN_CATEGORIES
    )


def _latin_letter(character: str) -> str | None:
    """The letter that a form of it is named for: Unicode decomposes few strokes and hooks."""
    match = _NAME_OF_A_FORM.fullmatch(unicodedata.name(character, ""))
    return match[1].lower() if match and not character.isascii() else None


def _plain(character: str) -> str:
    """Letters and digits as they are; of blanks and of signs beyond ASCII there is one each."""
    if character.isascii():
        return character
    match unicodedata.category(character)[0]:
        case "Z":
            return " "
        case "P" | "S":
            return "."
        case _:
            return character


_FOLDS = _Folds()


def fold(text: str) -> str:
    """The text without case, accents, invisible characters and look-alike letters."""
    if text.isascii():
        return text.lower()
    return text.translate(_FOLDS)
