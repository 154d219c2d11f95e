"""Finding a server's terms in a prompt.

Most prompts hold no disguise: they cost one pass that takes them apart into words, and one by RE2
that looks for disguises. Only words that may be one are read in all their ways.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.terms.folding import fold, without_halves
from bot.domain.terms.patterns import Pattern, compile_many, compile_pattern, escaped
from bot.domain.terms.readings import SIGNS, is_masked, pieces, readings, unmasked
from bot.domain.terms.sieve import ALPHABETS, Sieve
from bot.domain.terms.spaced import joined
from bot.domain.terms.term import Reach, Term, TermKind

_SIGN = "[0-9" + "".join(f"\\{sign}" for sign in SIGNS) + "]"
_DISGUISES = compile_many(
    rf"\S*(?:{_SIGN}[*#]*(?:\pL|{_SIGN})|\pL[^\pL\s]*[0-9@$|+&]|\pL[^\pL\s]+\pL|"
    + "|".join(f"{letter}{{3}}" for letter in ALPHABETS)
    + r")\S*"
)
"""Words that may not be what they seem."""

_PUNCTUATION = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})


class Disguise(StrEnum):
    """How a term was written where it was found."""

    NONE = "none"
    SPELLING = "spelling"
    SPACING = "spacing"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class TermFound:
    """A term, the part of the folded prompt that is read as it, and how it was disguised."""

    term: Term
    text: str
    disguise: Disguise


class TermMatcher:
    """Finds any of many terms; built once for each list."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._whole: dict[str, Term] = {}
        self._phrases: dict[str, list[Term]] = defaultdict(list)
        self._by_shape: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._patterns: list[tuple[Term, Pattern]] = []
        parts: dict[str, Term] = {}
        for term in terms:
            if term.kind is TermKind.PATTERN:
                self._patterns.append((term, compile_pattern(term.text)))
            elif term.reach is Reach.WHOLE:
                self._add_whole(term)
            else:
                parts["".join(term.words)] = term
        for word in self._whole:
            self._by_shape[len(word), word[0]].append(word)
        self._sieve = Sieve(term.words for term in self._whole.values())
        self._parts = parts
        self._any_part = _part_pattern(parts.values()) if parts else None

    def first(self, text: str) -> TermFound | None:
        """The first term that is found, which is enough to refuse."""
        return next(self.find(text), None)

    def find(self, text: str) -> Iterator[TermFound]:
        """Every term in a text, by one of the ways in which it is found."""
        told: set[str] = set()
        for found in self._find(text):
            if found.term.text not in told:
                told.add(found.term.text)
                yield found

    def _add_whole(self, term: Term) -> None:
        """A phrase is also looked for as one word."""
        words = term.words
        self._whole.setdefault("".join(words), term)
        if len(words) > 1:
            self._phrases[words[0]].append(term)

    def _find(self, text: str) -> Iterator[TermFound]:
        folded = fold(text)
        if self._sieve.may_hold(folded):
            yield from self._words_in(folded)
        yield from self._parts_in(folded)
        plain = without_halves(text)
        for term, pattern in self._patterns:
            if (match := pattern.search(plain) or pattern.search(folded)) is not None:
                yield TermFound(term, match.group(), Disguise.PATTERN)

    def _words_in(self, folded: str) -> Iterator[TermFound]:
        words = set(folded.translate(_PUNCTUATION).split())
        for word in self._whole.keys() & words:
            yield TermFound(self._whole[word], word, Disguise.NONE)
        read: dict[str, frozenset[str]] = {}
        for word in dict.fromkeys(_DISGUISES.findall(folded)):
            read[word] = readings(word)
            yield from self._among(read[word], word, Disguise.SPELLING)
        for word in joined(folded):
            yield from self._among(readings(word), word, Disguise.SPACING)
        yield from self._phrases_in(folded, words, read)

    def _among(self, words: Iterable[str], written: str, disguise: Disguise) -> Iterator[TermFound]:
        for word in words:
            for reading in self._unmasked(word) if is_masked(word) else (word,):
                term = self._whole.get(reading)
                if term is not None:
                    yield TermFound(term, written, disguise)

    def _unmasked(self, word: str) -> Iterator[str]:
        """The terms that a masked word may be; its first letter is seldom masked."""
        shape = unmasked(word)
        for candidate in self._by_shape.get((len(word), word[0]), ()):
            if shape.fullmatch(candidate):
                yield candidate

    def _phrases_in(
        self, folded: str, words: set[str], read: dict[str, frozenset[str]]
    ) -> Iterator[TermFound]:
        firsts = self._phrases.keys() & words.union(*read.values())
        if not firsts:
            return
        ways = [
            {*word.translate(_PUNCTUATION).split(), *read.get(word, ())} for word in folded.split()
        ]
        for first in firsts:
            for term in self._phrases[first]:
                if _stands_in(term.words, ways):
                    yield TermFound(term, " ".join(term.words), Disguise.NONE)

    def _parts_in(self, folded: str) -> Iterator[TermFound]:
        if self._any_part is None:
            return
        for found in self._any_part.findall(folded):
            yield TermFound(self._parts["".join(pieces(found))], found.strip(), Disguise.NONE)


def _part_pattern(terms: Iterable[Term]) -> Pattern:
    return compile_many("|".join(_part(term) for term in terms))


def _part(term: Term) -> str:
    words = r"[^\pL\pN]+".join(escaped(word) for word in term.words)
    return words if term.reach is Reach.ANYWHERE else rf"(?:^|[^\pL\pN]){words}"


def _stands_in(words: tuple[str, ...], ways: list[set[str]]) -> bool:
    """Whether the words stand one after the other."""
    return any(
        all(word in ways[start + offset] for offset, word in enumerate(words))
        for start in range(len(ways) - len(words) + 1)
    )
