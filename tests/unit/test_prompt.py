import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.asking.prompt import BOT_PROMPT_LIMIT, clean_negative_prompt, clean_prompt
from bot.domain.errors import NegativePromptTooLong, PromptEmpty, PromptTooLong

GENEROUS = 7_500
COMBINING_ACUTE = "\N{COMBINING ACUTE ACCENT}"
WOMAN_PAINTER = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ARTIST PALETTE}"
NEWER_THAN_THE_TABLES = "\U0001fac8"  # unassigned in Unicode 15

any_text = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("a lighthouse", "a lighthouse"),
        ("  a lighthouse \n", "a lighthouse"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\ttwo", "one\ttwo"),
        ("bell\a, escape\x1b[31m and null\x00", "bell, escape[31m and null"),
        ("half a pair \ud83c.", "half a pair ."),
        (f"cafe{COMBINING_ACUTE}", "café"),
        (f"cafe\x00{COMBINING_ACUTE}", "café"),
        (WOMAN_PAINTER, WOMAN_PAINTER),
        (f"a {NEWER_THAN_THE_TABLES}", f"a {NEWER_THAN_THE_TABLES}"),
        ("灯台 ☂️ 🎨", "灯台 ☂️ 🎨"),
    ],
)
def test_a_prompt_is_cleaned_of_what_no_model_can_read(typed: str, cleaned: str) -> None:
    assert clean_prompt(typed, model_limit=GENEROUS) == cleaned
    assert clean_negative_prompt(typed, model_limit=GENEROUS) == cleaned


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "\n\t", "\x00", "\N{ZERO WIDTH SPACE}", "\N{RIGHT-TO-LEFT OVERRIDE} ", "\u2028"],
)
def test_a_prompt_of_nothing_visible_is_empty(typed: str) -> None:
    with pytest.raises(PromptEmpty):
        clean_prompt(typed, model_limit=GENEROUS)
    assert clean_negative_prompt(typed, model_limit=GENEROUS) is None


def test_no_negative_prompt_is_none() -> None:
    assert clean_negative_prompt(None, model_limit=GENEROUS) is None


@pytest.mark.parametrize(
    ("model_limit", "limit"), [(1_500, 1_500), (32_768, BOT_PROMPT_LIMIT), (4_000, 4_000)]
)
def test_the_smaller_limit_counts_in_characters(model_limit: int, limit: int) -> None:
    fits = "é" * limit

    assert clean_prompt(fits, model_limit=model_limit) == fits
    assert clean_negative_prompt(fits, model_limit=model_limit) == fits
    with pytest.raises(PromptTooLong) as refused:
        clean_prompt(fits + "é", model_limit=model_limit)
    assert (refused.value.length, refused.value.limit) == (limit + 1, limit)
    with pytest.raises(NegativePromptTooLong) as also_refused:
        clean_negative_prompt(fits + "é", model_limit=model_limit)
    assert (also_refused.value.length, also_refused.value.limit) == (limit + 1, limit)


def test_what_is_cleaned_away_does_not_count() -> None:
    assert clean_prompt("\x00" * 9_000 + "fog", model_limit=3) == "fog"


@given(any_text, st.integers(1, 50))
@example(f"e\x00{COMBINING_ACUTE}", 50)
def test_a_prompt_is_readable_or_refused(typed: str, model_limit: int) -> None:
    try:
        prompt = clean_prompt(typed, model_limit=model_limit)
    except (PromptEmpty, PromptTooLong):
        return
    assert 0 < len(prompt) <= model_limit
    assert prompt == prompt.strip()
    assert unicodedata.is_normalized("NFC", prompt)
    prompt.encode()
    assert not any(unicodedata.category(char) == "Cc" for char in prompt if char not in "\n\t")


@given(any_text)
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    once = clean_negative_prompt(typed, model_limit=GENEROUS)

    assert clean_negative_prompt(once, model_limit=GENEROUS) == once


def test_control_characters_and_halves_of_pairs_go_and_nothing_else() -> None:
    gone = {
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if len(clean_prompt(f"a{char}b", model_limit=BOT_PROMPT_LIMIT)) == len("ab")
        and not unicodedata.combining(char)
    }

    controls = {char for char in map(chr, range(sys.maxunicode + 1)) if is_control(char)}
    assert gone == controls - {"\n", "\t", "\r"}


def is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"}


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_words_are_kept_to_the_letter(typed: str) -> None:
    assert clean_prompt(typed, model_limit=GENEROUS) == unicodedata.normalize("NFC", typed)
