"""Which language a member reads, and how numbers, money and times are written in it."""

from datetime import UTC, datetime

import pytest

from bot.domain.money import UsdMicros
from bot.text.format import moment, money, seconds
from bot.text.words import languages, texts_by_language, words_for

EN = words_for("en")
DE = words_for("de")


class TestTheLanguage:
    def test_english_and_german_are_spoken(self) -> None:
        assert languages() == ("en", "de")

    @pytest.mark.parametrize(
        ("locale", "language"),
        [
            ("en", "en"), ("en-GB", "en"), ("en-US", "en"), ("de", "de"), ("de-AT", "de"),
            ("de_CH", "de"), ("DE", "de"), ("zh-TW", "en"), ("pt-BR", "en"), ("xx", "en"),
            ("", "en"), ("../de", "en"),
        ],
    )  # fmt: skip
    def test_a_locale_finds_its_language_and_else_english(self, locale: str, language: str) -> None:
        assert words_for(locale).language == language

    def test_a_sentence_is_said_in_the_language(self) -> None:
        assert EN("Nothing was charged.") == "Nothing was charged."
        assert DE("Nothing was charged.") == "Es wurde nichts berechnet."

    def test_a_sentence_that_a_language_lacks_is_said_in_english(self) -> None:
        assert DE("Nobody has translated {this}.", this="me") == "Nobody has translated me."

    def test_a_sentence_is_known_in_every_language(self) -> None:
        assert texts_by_language("Show the models") == {
            "en": "Show the models",
            "de": "Modelle zeigen",
        }

    @pytest.mark.parametrize(
        ("count", "english", "german"),
        [(0, "seeds 7", "Seeds 7"), (1, "seed 7", "Seed 7"), (2, "seeds 7", "Seeds 7")],
    )
    def test_the_form_fits_the_count(self, count: int, english: str, german: str) -> None:
        assert EN.plural("seed {seeds}", "seeds {seeds}", count, seeds=7) == english
        assert DE.plural("seed {seeds}", "seeds {seeds}", count, seeds=7) == german

    def test_the_count_is_filled_in(self) -> None:
        assert EN.plural("{count} day", "{count} days", 3) == "3 days"

    def test_what_is_filled_in_is_not_filled_in_again(self) -> None:
        assert EN("{name} is here.", name="{secret}") == "{secret} is here."


class TestNumbers:
    @pytest.mark.parametrize(
        ("micros", "english", "german"),
        [
            (0, "$0.00", "0,00 $"),
            (40_000, "$0.04", "0,04 $"),
            (39_000, "$0.039", "0,039 $"),
            (1_250_000, "$1.25", "1,25 $"),
            (1, "$0.000001", "0,000001 $"),
            (1_234_567_800_000, "$1,234,567.80", "1.234.567,80 $"),
        ],
    )
    def test_money_has_as_many_decimals_as_the_price(
        self, micros: int, english: str, german: str
    ) -> None:
        assert money(EN, UsdMicros(micros)) == english
        assert money(DE, UsdMicros(micros)) == german

    def test_a_missing_price_is_unknown_and_never_nothing(self) -> None:
        assert money(EN, None) == "price unknown"
        assert money(DE, None) == "Preis unbekannt"

    @pytest.mark.parametrize(
        ("value", "english", "german"),
        [
            (0.04, "0 s", "0 s"),
            (3.14, "3.1 s", "3,1 s"),
            (9.96, "10 s", "10 s"),
            (12.6, "13 s", "13 s"),
            (1234.5, "1,234 s", "1.234 s"),
        ],
    )
    def test_seconds_have_two_digits_that_matter(
        self, value: float, english: str, german: str
    ) -> None:
        assert seconds(EN, value) == english
        assert seconds(DE, value) == german

    def test_a_moment_is_left_to_the_readers_own_clock(self) -> None:
        at = datetime(2025, 5, 21, tzinfo=UTC)

        assert moment(at) == "<t:1747785600:t> (<t:1747785600:R>)"
