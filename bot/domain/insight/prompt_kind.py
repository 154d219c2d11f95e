"""Sorting prompts by what they are of, by their words alone.

A prompt is of the kind that is named first in it. Two sorts of words stand out of turn: those that
say what the whole picture is ("logo", "pattern") win wherever they stand, and those that only say
how something is framed ("portrait") count where nothing else is named: a portrait of a cat is of an
animal. Nothing is understood: "no cats" is of animals, and what no list has is of another kind.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.domain.insight.kind_words import ENGLISH, FRAME, GERMAN, SAY_ALL
from bot.domain.insight.kinds import PromptKind


@dataclass(frozen=True, slots=True)
class KindFound:
    """What a prompt is of, and the word that says so, as it stands there; None of other kinds."""

    kind: PromptKind
    word: str | None = None


class _Rank(IntEnum):
    """How much a word says: the lowest wins, and of equals the one that stands first."""

    ALL = 0
    NAMED = 1
    FRAME = 2
    NOTHING = 3


_NO_KIND = (PromptKind.OTHER, _Rank.NOTHING)

_WORD = re.compile(r"[^\W\d_]+")

_LONGEST_WORD = 40
"""What is longer is no word of any list, and would be looked at letter by letter."""

_SHORTEST_STEM = 3
_SHORTEST_HEAD = 4
_WORDS_REMEMBERED = 4_096

_ENGLISH_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""))
_GERMAN_ENDINGS = (("en", ""), ("er", ""), ("n", ""), ("e", ""), ("s", ""))


def kind_of_prompt(prompt: str, *, besides: str = "") -> KindFound:
    """What a prompt is of; each word that is in `besides` counts once less.

    So the words of a style's template, which stand around the prompt, say nothing of its kind.
    """
    passed_over = Counter(_words(besides))
    found, lowest = KindFound(PromptKind.OTHER), _Rank.NOTHING
    for word in _words(prompt):
        if passed_over[word] > 0:
            passed_over[word] -= 1
            continue
        kind, rank = _look_up(word)
        if rank < lowest:
            found, lowest = KindFound(kind, word), rank
    return found


def _words(text: str) -> Iterator[str]:
    return iter(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _look_up(word: str) -> tuple[PromptKind, _Rank]:
    """What a word says: as it stands, without its ending, or by the last part of a compound."""
    if len(word) > _LONGEST_WORD:
        return _NO_KIND
    if word in _ALL_WORDS:
        return _ALL_WORDS[word]
    for form in _without(word, _ENGLISH_ENDINGS):
        if form in _ENGLISH_WORDS:
            return _ENGLISH_WORDS[form]
    forms = (word, *_without(word, _GERMAN_ENDINGS))
    for form in forms:
        if form in _GERMAN_WORDS:
            return _GERMAN_WORDS[form]
    heads = (head for form in forms for head in _heads(form) if head in _GERMAN_WORDS)
    return next((_GERMAN_WORDS[head] for head in heads), _NO_KIND)


def _without(word: str, endings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for ending, instead in endings:
        stem = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(stem) >= _SHORTEST_STEM:
            yield stem


def _heads(word: str) -> Iterator[str]:
    """What a compound may end with, the longest first."""
    for start in range(_SHORTEST_STEM, len(word) - _SHORTEST_HEAD + 1):
        yield word[start:]


def _listed(lists: Mapping[PromptKind, str], rank: _Rank) -> Mapping[str, tuple[PromptKind, _Rank]]:
    return {
        word.casefold(): (kind, rank) for kind, words in lists.items() for word in words.split()
    }


_STANDING_OUT = {**_listed(FRAME, _Rank.FRAME), **_listed(SAY_ALL, _Rank.ALL)}
_ENGLISH_WORDS = {**_listed(ENGLISH, _Rank.NAMED), **_STANDING_OUT}
_GERMAN_WORDS = {**_listed(GERMAN, _Rank.NAMED), **_STANDING_OUT}
_ALL_WORDS = {**_ENGLISH_WORDS, **_GERMAN_WORDS}
