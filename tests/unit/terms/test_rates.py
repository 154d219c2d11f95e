"""How many disguised terms are found, and how many innocent texts are not left alone.

Run with `-s` to see the rates; `docs/moderation.md` states them.
"""

import random
from collections import Counter

import pytest

from bot.domain.terms import TermMatcher, parse_term
from tests.unit.terms.innocent import innocent_texts
from tests.unit.terms.obfuscator import DISGUISES

# Coarse words, because these are what members disguise and what innocent words hold.
TERMS = [
    "asshole",
    "bastard",
    "bitch",
    "bollocks",
    "bullshit",
    "cock",
    "crap",
    "cunt",
    "dick",
    "fuck",
    "motherfucker",
    "nazi",
    "piss",
    "porn",
    "prick",
    "pussy",
    "rape",
    "scum",
    "sex",
    "shit",
    "slut",
    "tits",
    "wanker",
    "whore",
    "ass",
    "anal",
    "cum",
    "kill",
    "blood",
]
PER_DISGUISE = 500

LOWEST_RATE = {
    "one blank": 0.7,
    "one letter doubled": 0.0,
    "digits and signs": 0.9,
}
"""What is less than nearly all is known to be hard: see `docs/moderation.md`."""

BY_HAND = {
    "f u c k this": True,
    "FUCK": True,
    "phuck": False,
    "fuсk": True,
    "f.u.c.k": True,
    "fu©k": False,
    "sh1t": True,
    "$hit": True,
    "s#it": True,
    "s  h  i  t": True,
    "shiiiit": True,
    "b!tch": True,
    "bi+ch": True,
    "b1tch3s": False,
    "wh0re": True,
    "whooore": True,
    "c0ck": True,
    "c*nt": True,
    "¢unt": True,
    "p0rn": True,
    "pr0n": False,
    "p o r n": True,
    "ⓟⓞⓡⓝ": True,
    "🅿🅾🆁🅽": True,
    "s3x": True,
    "s e x": True,
    "s-e-x": True,
    "s.e x": True,
    "ѕех": True,
    "𝖘𝖊𝖝": True,
    "rap3": True,
    "r@pe": True,
    "n4zi": True,
    "nаzі": True,
    "k1ll": True,
    "ki11": True,
    "kіӏӏ": False,
    "a$$hole": True,
    "@sshole": True,
    "a s s h o l e": True,
    "tıts": True,
    "t.i.t.s.": True,
    "d|ck": True,
    "dİck": True,
    "dïçk": True,
    "мotherfucker": True,
    "mother fucker": False,
    "fμck": False,
    "kcuf": False,
}
"""Disguises by hand, and whether they are seen through; those that are not are accepted."""


@pytest.fixture(scope="module")
def matcher() -> TermMatcher:
    return TermMatcher(parse_term(term) for term in TERMS)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_most_disguises_are_seen_through(disguise: str, matcher: TermMatcher) -> None:
    rng = random.Random(11)  # noqa: S311 - the same disguises at every run
    missed: Counter[str] = Counter()
    for _ in range(PER_DISGUISE):
        hidden = DISGUISES[disguise](rng.choice(TERMS), rng)
        if matcher.first(f"a portrait of {hidden} by the sea") is None:
            missed[hidden] += 1
    rate = 1 - missed.total() / PER_DISGUISE
    print(f"{disguise}: {rate:.1%}; missed e.g. {list(missed)[:5]}")  # noqa: T201 - the measurement
    assert rate >= LOWEST_RATE.get(disguise, 0.97)


@pytest.mark.parametrize(("text", "is_found"), BY_HAND.items())
def test_disguises_by_hand(text: str, is_found: bool, matcher: TermMatcher) -> None:
    assert (matcher.first(f"a portrait of {text} by the sea") is not None) == is_found


def test_innocent_texts_are_left_alone(matcher: TermMatcher) -> None:
    texts = list(innocent_texts(10_000))
    refused = [text for text in texts if matcher.first(text) is not None]
    print(f"{len(refused)} of {len(texts)} innocent texts refused; {refused[:3]}")  # noqa: T201 - the measurement
    assert not refused
