"""Disguises for words, drawn from Unicode's own names and from habits seen in chats.

It shares no table with the matcher, so that it measures what the matcher knows.
"""

import random
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

_NAMES = re.compile(
    r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH .*"
    r"|FULLWIDTH LATIN SMALL LETTER ([A-Z])"
    r"|CIRCLED LATIN SMALL LETTER ([A-Z])"
    r"|NEGATIVE SQUARED LATIN CAPITAL LETTER ([A-Z])"
    r"|REGIONAL INDICATOR SYMBOL LETTER ([A-Z])"
    r"|LATIN LETTER SMALL CAPITAL ([A-Z])"
    r"|MATHEMATICAL .* SMALL ([A-Z])"
)
_LEET = {
    "a": "4@",
    "b": "8",
    "e": "3",
    "g": "9",
    "i": "1!",
    "l": "1",
    "o": "0",
    "s": "5$",
    "t": "7+",
}
_TWINS = {"a": "а", "c": "с", "e": "е", "i": "і", "o": "оο", "p": "р", "x": "х", "y": "у", "s": "ѕ"}


def _by_letter() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for character in map(chr, range(128, sys.maxunicode)):
        named = _NAMES.fullmatch(unicodedata.name(character, ""))
        if named:
            found["".join(filter(None, named.groups())).lower()].append(character)
    return found


_UNICODE = _by_letter()


def _unicode(word: str, rng: random.Random) -> str:
    place = rng.randrange(len(word))
    return "".join(
        rng.choice(_UNICODE[letter]) if at == place or rng.random() < 0.4 else letter
        for at, letter in enumerate(word)
    )


def _from(table: Mapping[str, str]) -> Callable[[str, random.Random], str]:
    def swap(word: str, rng: random.Random) -> str:
        return "".join(rng.choice(table.get(letter, letter)) for letter in word)

    return swap


def _case(word: str, rng: random.Random) -> str:
    return "".join(rng.choice((letter, letter.upper())) for letter in word)


def _marks(word: str, rng: random.Random) -> str:
    return "".join(letter + chr(rng.randrange(0x300, 0x341)) for letter in word)


_HIDDEN = [chr(code) for code in range(0x300, 0xFFFF) if unicodedata.category(chr(code)) == "Cf"]


def _invisible(word: str, rng: random.Random) -> str:
    return "".join(letter + rng.choice(_HIDDEN) for letter in word)


def _separators(word: str, rng: random.Random) -> str:
    return rng.choice(".-_*~'·|/").join(word)


def _blanks(word: str, _: random.Random) -> str:
    return " ".join(word)


def _one_blank(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return f"{word[:at]} {word[at:]}"


def _drawn_out(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] * rng.randint(3, 7) + word[at + 1 :]


def _doubled(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] * 2 + word[at + 1 :]


def _masked(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    return f"{word[:at]}*{word[at + 1 :]}"


DISGUISES: Mapping[str, Callable[[str, random.Random], str]] = {
    "case": _case,
    "Unicode's forms of letters": _unicode,
    "letters of other scripts": _from(_TWINS),
    "digits and signs": _from(_LEET),
    "marks": _marks,
    "invisible characters": _invisible,
    "separators": _separators,
    "blanks between all letters": _blanks,
    "one blank": _one_blank,
    "drawn out": _drawn_out,
    "one letter doubled": _doubled,
    "one letter masked": _masked,
}
