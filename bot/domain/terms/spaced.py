"""Words whose letters stand apart: `w o r d`, `w or d`.

Joining any two neighbours would make words of innocent texts, so only runs that hold a fragment
are joined: a single letter, or two or three letters without a vowel, which are no words.
"""

import re
from collections.abc import Iterator

from bot.domain.terms.patterns import compile_many
from bot.domain.terms.readings import LONGEST_WORD

_CONSONANTS = "b-df-hj-np-tv-xzбвгджзйклмнпрстфхцчшщ"
_SHORT = rf"[{_CONSONANTS}]{{2,3}}"
_FRAGMENT = rf"(?:[\pL0-9@$!|+]|{_SHORT})"
_TELLING = rf"(?:[b-hj-z]|[^\sa-z0-9\pP\pS]|{_SHORT})"

TELLING_FRAGMENT = rf"(?:^|\s){_TELLING}(?:\s|$)"
"""A fragment that is worth a look: `a`, `i` and single digits are words by themselves."""

_RUNS = compile_many(
    rf"(?:^|\s)(?:\S{{1,16}}\s+)?(?:{_FRAGMENT}\s+)*{_TELLING}(?:\s+{_FRAGMENT})*"
    r"(?:\s+\S{1,16})?(?:\s|$)"
)
_SUSPECT = compile_many(TELLING_FRAGMENT)
_IS_FRAGMENT = re.compile(r"[^\s_]|[^\W\daeiouy_]{2,3}")
_MOST_PARTS = 24


def joined(text: str) -> Iterator[str]:
    """The words without blanks that parts of a text may have been.

    Args:
        text: folded.
    """
    if _SUSPECT.search(text) is None:
        return
    for run in _RUNS.findall(text):
        parts = run.split()
        for first in range(len(parts)):
            yield from _beginning_with(parts[first : first + _MOST_PARTS])


def _beginning_with(parts: list[str]) -> Iterator[str]:
    """The first part joined with one, two, … of the next, as long as there is a fragment."""
    word, fragments = "", 0
    for number, part in enumerate(parts, start=1):
        word += part
        if len(word) > LONGEST_WORD:
            return
        fragments += _IS_FRAGMENT.fullmatch(part) is not None
        if number > 1 and fragments:
            yield word
