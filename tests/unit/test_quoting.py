"""Nobody's words get out of the formatting that the bot shows them in."""

import re

import pytest
from hypothesis import given

from bot.text.quoting import as_code, as_plain, listed
from tests.unit.strategies import hostile_texts

MARKUP = re.compile(r"[`*_~|<>\[\]#\\@]")
ESCAPED = re.compile(r"\\[\\*_~|<>\[\]#]")


class TestCode:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("flux-2-pro", "`flux-2-pro`"),
            ("a `quoted` word", "`a ˋquotedˋ word`"),
            ("@everyone", "`＠everyone`"),
            ("two\nlines", "`two lines`"),
            ("", "` `"),
            ("x" * 61, f"`{'x' * 59}…`"),
            ("x" * 60, f"`{'x' * 60}`"),
        ],
    )
    def test_a_word_is_shown_as_code(self, text: str, shown: str) -> None:
        assert as_code(text) == shown

    def test_several_words_are_a_list(self) -> None:
        assert listed(["1:1", "16:9"]) == "`1:1`, `16:9`"

    @given(hostile_texts)
    def test_a_word_neither_ends_its_code_nor_mentions_anybody(self, text: str) -> None:
        shown = as_code(text)

        assert re.fullmatch(r"`[^`@\n]+`", shown)
        assert len(shown) <= 62


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Prompt too long.", "“Prompt too long.”"),
            ("**loud** and `code`", r"“\*\*loud\*\* and ˋcodeˋ”"),
            ("@everyone look", "“＠everyone look”"),
            ("[here](https://example.com)", r"“\[here\](https://example.com)”"),
            ("two\n\n# lines", r"“two \# lines”"),
            ("x" * 301, f"“{'x' * 299}…”"),
        ],
    )
    def test_a_sentence_is_shown_as_it_was_written(self, text: str, shown: str) -> None:
        assert as_plain(text) == shown

    @given(hostile_texts)
    def test_a_sentence_formats_nothing_and_mentions_nobody(self, text: str) -> None:
        assert not MARKUP.search(ESCAPED.sub("", as_plain(text)))
        assert "\n" not in as_plain(text)
