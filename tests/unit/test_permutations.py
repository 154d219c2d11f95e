import math
import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.permutations import (
    MAX_IMAGES_PER_PERMUTATION,
    BracesNested,
    BraceUnbalanced,
    PermutationError,
    TooManyImages,
    expand,
)
from bot.text.errors import explain
from bot.text.words import Words, languages, words_for
from tests.unit.lines_run import lines_run
from tests.unit.strategies import hostile_texts

any_braces = st.text() | st.text(alphabet="{},\\ ab")
plain_texts = st.text().filter(lambda text: not set(text) & set("{},\\"))
alternatives = st.lists(plain_texts.map(str.strip), min_size=2, max_size=3, unique=True)
parts = st.lists(plain_texts | alternatives, max_size=7)
"""A prompt as texts and groups, in any order."""


def combinations(*counts: int) -> str:
    """A prompt with a group of so many alternatives for each count."""
    return " ".join(f"{{{','.join(map(str, range(count)))}}}" for count in counts)


def expanded_or_error(prompt: str, images_each: int) -> tuple[str, ...] | PermutationError:
    try:
        return expand(prompt, images_each)
    except PermutationError as error:
        return error


class TestExpanding:
    @pytest.mark.parametrize(
        ("prompt", "expanded"),
        [
            ("a car", ("a car",)),
            ("", ("",)),
            ("{red,blue} car", ("red car", "blue car")),
            ("{red, blue ,\ngreen} car", ("red car", "blue car", "green car")),
            ("{a,b} {1,2}", ("a 1", "a 2", "b 1", "b 2")),
            ("a{,n} apple", ("a apple", "an apple")),
            ("{,}car", ("car",)),
            ("{dark red,blue} car, old", ("dark red car, old", "blue car, old")),
        ],
    )
    def test_makes_every_combination(self, prompt: str, expanded: tuple[str, ...]) -> None:
        assert expand(prompt, 1) == expanded

    @pytest.mark.parametrize("prompt", ["{red} car", "{} car", "{dark red} {car}"])
    def test_a_group_of_one_alternative_is_text_with_its_braces(self, prompt: str) -> None:
        assert expand(prompt, 1) == (prompt,)

    @pytest.mark.parametrize(
        ("prompt", "expanded"),
        [
            (r"\{red,blue\} car", ("{red,blue} car",)),
            (r"{a\,b} car", ("{a,b} car",)),
            (r"{1\,5,2\}} litres", ("1,5 litres", "2} litres")),
            (r"{\{,\}}", ("{", "}")),
            (r"one\, two", ("one, two",)),
            (r"a \ b \n \\", (r"a \ b \n \\",)),
        ],
    )
    def test_an_escaped_brace_or_comma_is_text(
        self, prompt: str, expanded: tuple[str, ...]
    ) -> None:
        assert expand(prompt, 1) == expanded

    @pytest.mark.parametrize(
        ("prompt", "expanded"),
        [
            ("{red,blue,red} car", ("red car", "blue car")),
            ("{a,aa}{a,aa}", ("aa", "aaa", "aaaa")),
        ],
    )
    def test_a_prompt_comes_but_once(self, prompt: str, expanded: tuple[str, ...]) -> None:
        assert expand(prompt, 1) == expanded

    @given(parts)
    def test_is_the_product_of_its_groups(self, parts: list[str | list[str]]) -> None:
        rows = [[part] if isinstance(part, str) else part for part in parts]
        typed = (part if isinstance(part, str) else f"{{{','.join(part)}}}" for part in parts)
        prompt, count = "".join(typed), math.prod(map(len, rows))

        if count > MAX_IMAGES_PER_PERMUTATION:
            with pytest.raises(TooManyImages) as refused:
                expand(prompt, 1)
            assert refused.value.count == count
        else:
            assert expand(prompt, 1) == tuple(dict.fromkeys(map("".join, product(*rows))))

    @given(plain_texts)
    def test_a_prompt_without_braces_commas_and_backslashes_is_not_touched(self, text: str) -> None:
        assert expand(text, 1) == (text,)

    @given(any_braces)
    def test_any_text_can_be_escaped(self, text: str) -> None:
        assert expand(re.sub(r"([{},])", r"\\\1", text), 1) == (text,)


class TestTheLimit:
    @pytest.mark.parametrize(
        ("counts", "images_each"), [((40,), 1), ((2, 5), 4), ((2, 2, 2, 5), 1), ((), 4)]
    )
    def test_forty_images_in_all_are_made(self, counts: tuple[int, ...], images_each: int) -> None:
        prompts = expand(combinations(*counts), images_each)

        assert len(prompts) * images_each <= MAX_IMAGES_PER_PERMUTATION

    @pytest.mark.parametrize(
        ("counts", "images_each", "images"),
        [((41,), 1, 41), ((11,), 4, 44), ((3, 14), 1, 42), ((2,) * 30, 1, 2**30)],
    )
    def test_more_are_counted_and_refused(
        self, counts: tuple[int, ...], images_each: int, images: int
    ) -> None:
        with pytest.raises(TooManyImages) as refused:
            expand(combinations(*counts), images_each)
        assert (refused.value.count, refused.value.limit) == (images, 40)

    def test_repeated_alternatives_are_not_counted(self) -> None:
        assert expand("{red,red}" * 30, 4) == ("red" * 30,)

    @pytest.mark.parametrize("group", ["{a,b}", "{,}", "{a,b", "a,}{", "\\{"])
    def test_the_work_grows_with_the_prompt_and_not_with_the_combinations(self, group: str) -> None:
        def work(times: int) -> int:
            return lines_run(lambda: expanded_or_error(group * times, 1))

        assert work(1_000) < 2.2 * work(500)
        assert work(1_000) < 25 * len(group * 1_000)


class TestMistakes:
    @pytest.mark.parametrize(
        ("prompt", "position"), [("{a,{b,c}}", 4), ("x {a {b} c}", 6), ("{{", 2)]
    )
    def test_a_group_in_a_group_is_an_error_at_the_inner_brace(
        self, prompt: str, position: int
    ) -> None:
        with pytest.raises(BracesNested) as refused:
            expand(prompt, 1)
        assert (refused.value.position, refused.value.excerpt) == (position, prompt)

    @pytest.mark.parametrize(
        ("prompt", "position"), [("a {red,blue car", 3), ("red,blue} car", 9), ("{a,b} }", 7)]
    )
    def test_a_brace_without_its_partner_is_an_error_where_it_stands(
        self, prompt: str, position: int
    ) -> None:
        with pytest.raises(BraceUnbalanced) as refused:
            expand(prompt, 1)
        assert (refused.value.position, refused.value.excerpt) == (position, prompt)

    def test_only_the_neighbourhood_of_the_brace_is_shown(self) -> None:
        with pytest.raises(BraceUnbalanced) as refused:
            expand("a" * 100 + "}" + "b" * 100, 1)
        assert refused.value.excerpt == "a" * 15 + "}" + "b" * 15

    @given(hostile_texts | any_braces, st.integers(1, 4))
    def test_whatever_is_typed_is_expanded_or_refused(self, typed: str, images_each: int) -> None:
        expanded = expanded_or_error(typed, images_each)

        if isinstance(expanded, PermutationError):
            assert 0 < len(explain(expanded, words_for("en"))) < 300
        else:
            assert 0 < len(expanded) * images_each <= MAX_IMAGES_PER_PERMUTATION
            assert len(set(expanded)) == len(expanded)


class TestWords:
    @pytest.mark.parametrize("words", [words_for(language) for language in languages()])
    @pytest.mark.parametrize(
        ("error", "told"),
        [
            (TooManyImages(44, 40), ["44", "40"]),
            (BracesNested(4, "{a,{b"), ["4", "`{a,{b`", r"`\{`"]),
            (BraceUnbalanced(3, "a {b"), ["3", "`a {b`", r"`\{`", r"`\}`"]),
        ],
    )
    def test_say_where_and_how_many(
        self, error: PermutationError, told: list[str], words: Words
    ) -> None:
        sentence = explain(error, words)

        assert [part for part in told if part not in sentence] == []

    def test_do_not_spell_out_hundreds_of_digits(self) -> None:
        assert explain(TooManyImages(2**1_000, 40), words_for("en")) == (
            "The braces in the prompt make more than 1,000,000 images. "
            "One request makes at most 40."
        )
