"""A quick look whether a text can hold any term at all.

Most prompts hold none. RE2 tells so in a few passes, whatever the number of terms; only what it
does not let through is taken apart and read in all its ways. The sieve may let innocent texts
through and never holds back a term, which a property test keeps true.
"""

import re
from collections.abc import Iterable, Iterator

from bot.domain.terms.patterns import compile_many, escaped
from bot.domain.terms.readings import STANDS_FOR
from bot.domain.terms.spaced import TELLING_FRAGMENT, joined

ALPHABETS = "abcdefghijklmnopqrstuvwxyzбгджзийлпфчъыьэюяδθλξπφψω"
"""The letters that are looked at for being drawn out; those that look Latin are folded to it."""

_STRETCHED = "|".join(f"{letter}{{3}}" for letter in ALPHABETS)
_MASKED = r"\pL[*#]"
_SIGN_WITHIN = r"\pL[!|+(<&]\pL"
_RARE_DISGUISE = compile_many(f"{_STRETCHED}|{_MASKED}|{_SIGN_WITHIN}|{TELLING_FRAGMENT}")
_HAS_MASK = compile_many(_MASKED)
_HAS_STRETCH = compile_many(_STRETCHED)
_HAS_SIGN_WITHIN = compile_many(_SIGN_WITHIN)
_STRETCH = re.compile(r"(\w)\1\1+")
_SEPARATORS = str.maketrans("", "", "!\"#%&'()*+,-./:;<=>?[\\]^_`{|}~")
_ORNAMENTS = str.maketrans("", "", "\"#%'*,-./:;=>?[\\]^_`{}~")


class Sieve:
    """Looks for whole words and phrases, each letter also as the signs that stand for it."""

    def __init__(self, terms: Iterable[tuple[str, ...]]) -> None:
        ways = sorted({way for words in terms for way in _ways(words)})
        self._pattern = (
            compile_many(rf"(?:^|[^\pL\pN])(?:{'|'.join(ways)})(?:[^\pL\pN]|$)") if ways else None
        )

    def may_hold(self, folded: str) -> bool:
        """Whether any term can be in a folded text, in any of the disguises that are read."""
        if self._pattern is None:
            return False
        search = self._pattern.search
        if search(folded) is not None or search(folded.translate(_ORNAMENTS)) is not None:
            return True
        if _RARE_DISGUISE.search(folded) is None:
            return False
        return _HAS_MASK.search(folded) is not None or any(
            search(text) is not None for text in _undisguised(folded)
        )


def _undisguised(folded: str) -> Iterator[str]:
    """The text without the disguises that few texts have."""
    if _HAS_SIGN_WITHIN.search(folded) is not None:
        yield folded.translate(_SEPARATORS)
    if _HAS_STRETCH.search(folded) is not None:
        for text in (folded, folded.translate(_ORNAMENTS)):
            yield _STRETCH.sub(r"\1", text)
            yield _STRETCH.sub(r"\1\1", text)
    if apart := " ".join(joined(folded)):
        yield apart.translate(_SEPARATORS)
        yield apart.translate(_ORNAMENTS)


def _ways(words: tuple[str, ...]) -> Iterator[str]:
    """A term as its words, and as one word."""
    in_letters = ["".join(_pattern_of(letter) for letter in word) for word in words]
    yield "".join(in_letters)
    if len(words) > 1:
        yield r"[^\pL\pN]+".join(in_letters)


def _pattern_of(letter: str) -> str:
    signs = "".join(sign for sign, letters in STANDS_FOR.items() if letter in letters)
    return f"[{escaped(letter)}{escaped(signs)}]" if signs else escaped(letter)
