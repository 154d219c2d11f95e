"""Inputs near those that are known: the plain operators of mutation fuzzers."""

import random
from collections.abc import Callable, Sequence

_TOKENS = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"--", b"{", b"}", b",", b'"', b"[", b"\\",
    b"%", b"99999999999999999999", b"-1", b"NaN", b"1e999", b"null", b"\r\n", b"@everyone",
)  # fmt: skip
_MOST_BYTES = 20_000
_Operator = Callable[[random.Random, bytearray], None]


def mutated(dice: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A seed, changed in one to eight places, or crossed with another."""
    data = bytearray(dice.choice(seeds))
    if dice.random() < 0.2:
        other = dice.choice(seeds)
        data = data[: dice.randint(0, len(data))] + other[dice.randint(0, len(other)) :]
    for _ in range(dice.randint(1, 8)):
        dice.choice(_OPERATORS)(dice, data)
    return bytes(data[:_MOST_BYTES])


def _place(dice: random.Random, data: bytearray) -> int:
    return dice.randint(0, len(data))


def _flip(dice: random.Random, data: bytearray) -> None:
    if data:
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _overwrite(dice: random.Random, data: bytearray) -> None:
    if data:
        data[dice.randrange(len(data))] = dice.randrange(256)


def _insert_token(dice: random.Random, data: bytearray) -> None:
    at = _place(dice, data)
    data[at:at] = dice.choice(_TOKENS)


def _cut(dice: random.Random, data: bytearray) -> None:
    at = _place(dice, data)
    del data[at : at + dice.randint(1, 32)]


def _repeat(dice: random.Random, data: bytearray) -> None:
    at = _place(dice, data)
    piece = data[at : at + dice.randint(1, 16)]
    data[at:at] = piece * dice.randint(1, 64)


_OPERATORS: tuple[_Operator, ...] = (_flip, _overwrite, _insert_token, _cut, _repeat)
