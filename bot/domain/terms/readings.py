"""The ways in which a disguised word can be read.

A word of a prompt can carry digits and signs for letters (`w0rd`), something between its letters
(`w.o.r.d`), letters drawn out (`wooord`) and letters masked (`w*rd`). Each reading is a plain word
that is then looked up whole: a term never matches inside a longer word, so innocent words that
contain one stay innocent.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

MAX_READINGS = 64
"""Of one candidate. A word of nothing but riddles is read in the first of its ways."""

LONGEST_WORD = 64

STANDS_FOR: Mapping[str, str] = MappingProxyType(
    {
        "0": "o",
        "1": "il",
        "2": "z",
        "3": "e",
        "4": "a",
        "5": "s",
        "6": "gb",
        "7": "t",
        "8": "b",
        "9": "g",
        "@": "a",
        "$": "s",
        "!": "i",
        "|": "il",
        "+": "t",
        "(": "c",
        "<": "c",
        "&": "e",
    }
)
"""The letters that a digit or a sign is used for, the likeliest first."""

SIGNS = "".join(sign for sign in STANDS_FOR if not sign.isdigit())
MASKS = "*#"

_PIECE = re.compile(r"[^\W_]+")
_SIGNED_PIECE = re.compile(rf"(?:[^\W_]|[{re.escape(SIGNS + MASKS)}])+")
_AT_THE_EDGE = "!|+&(<" + MASKS
"""Signs that are punctuation where a word begins or ends."""

_STRETCH = re.compile(r"(.)\1\1+")


def pieces(text: str) -> list[str]:
    """The runs of letters and digits in a text."""
    return _PIECE.findall(text)


@functools.lru_cache(maxsize=8_192)
def readings(word: str) -> frozenset[str]:
    """Every plain word that a word without blanks can be read as; masks are left in.

    Args:
        word: folded.
    """
    plain = pieces(word)
    signed = [piece.strip(_AT_THE_EDGE) for piece in _SIGNED_PIECE.findall(word)]
    whole = [piece for piece in _SIGNED_PIECE.findall(word) if piece[-1:] not in MASKS]
    candidates = {*plain, *signed, *whole, "".join(plain), "".join(signed)}
    return frozenset(
        reading for candidate in candidates for reading in _spelled(candidate[:LONGEST_WORD])
    )


def is_masked(word: str) -> bool:
    """Whether a reading has letters that are not shown."""
    return any(mask in word for mask in MASKS)


def unmasked(word: str) -> re.Pattern[str]:
    """What a masked reading can stand for: one letter for each mask."""
    return re.compile("".join("." if letter in MASKS else re.escape(letter) for letter in word))


def _spelled(candidate: str) -> Iterator[str]:
    """A candidate with its signs as letters, and with what is drawn out shortened.

    A number is no disguise.
    """
    digits = sum(letter.isdigit() for letter in candidate)
    if 2 * digits >= len(candidate) and not any(letter.isalpha() for letter in candidate):
        return
    choices = [STANDS_FOR.get(letter, letter) for letter in candidate]
    for spelling in itertools.islice(itertools.product(*choices), MAX_READINGS):
        word = "".join(spelling)
        yield word
        if _STRETCH.search(word):
            yield _STRETCH.sub(r"\1", word)
            yield _STRETCH.sub(r"\1\1", word)
