import pytest

from bot.domain.terms import (
    PatternWrong,
    Term,
    TermEmpty,
    TermKind,
    TermTooLong,
    TermTooShort,
    TooManyTerms,
    check_count,
    parse_term,
)


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("  wicked ", Term("wicked")),
        ("green   slime", Term("green slime")),
        ("/sl[iu]g/", Term("sl[iu]g", TermKind.PATTERN)),
        ("/", None),
        ("裸", Term("裸")),
        ("slug*", Term("slug*")),
    ],
)
def test_a_term_is_taken_as_it_is_meant(typed: str, term: Term | None) -> None:
    if term is None:
        with pytest.raises(TermEmpty):
            parse_term(typed)
    else:
        assert parse_term(typed) == term


def test_a_term_keeps_its_language() -> None:
    assert parse_term("böse", language="de").language == "de"


@pytest.mark.parametrize("typed", ["", "  ", "!!!", "* *", "//", "/  /"])
def test_a_term_without_letters_is_refused(typed: str) -> None:
    with pytest.raises(TermEmpty):
        parse_term(typed)


def test_a_single_letter_is_refused() -> None:
    with pytest.raises(TermTooShort):
        parse_term("a*")


@pytest.mark.parametrize("typed", ["x" * 101, "/" + "x" * 201 + "/"])
def test_a_term_that_is_too_long_is_refused(typed: str) -> None:
    with pytest.raises(TermTooLong):
        parse_term(typed)


@pytest.mark.parametrize("pattern", ["(", "a{1001}", r"(?=x)", r"(a)\1", "x*", "|a", "(?:)"])
def test_a_pattern_that_does_not_compile_or_matches_anything_is_refused(pattern: str) -> None:
    with pytest.raises(PatternWrong) as refused:
        parse_term(f"/{pattern}/")
    assert refused.value.reason


def test_a_list_of_a_hundred_thousand_terms_is_refused() -> None:
    check_count(10_000)
    with pytest.raises(TooManyTerms):
        check_count(100_000)
