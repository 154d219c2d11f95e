import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.library.search_terms import MAX_QUERY_TERMS, index_terms, query_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A Red fox, a RED fox!", ("a", "red", "fox")),
        ("Café Łódź Straße", ("cafe", "łodz", "strasse")),
        ("red-haired o'clock under_score", ("red", "haired", "o", "clock", "under", "score")),
        ("4k 3D 16:9", ("4k", "3d", "16", "9")),
        ("ｆｕｌｌ ﬁne", ("full", "fine")),
        ("東京の夜", ("東京", "京の", "の夜", "夜")),
        ("夜 tokyo東京", ("夜", "tokyo", "東京", "京")),
        ("x" * 100, ("x" * 64,)),
        (" !?\x00\n*", ()),
    ],
)
def test_the_terms_of_a_prompt(text: str, terms: tuple[str, ...]) -> None:
    assert index_terms(text) == terms


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("東京の", ("東京", "京の")),
        ("夜", ("夜",)),
        ("Fox fox", ("fox",)),
        ("NOT (a OR b)*", ("not", "a", "or", "b")),
    ],
)
def test_the_terms_of_a_query(typed: str, terms: tuple[str, ...]) -> None:
    assert query_terms(typed) == terms


def test_only_the_first_words_of_a_query_count() -> None:
    assert len(query_terms(" ".join(map(str, range(50))))) == MAX_QUERY_TERMS


@given(st.text())
def test_terms_are_letters_and_digits_alone_each_once(text: str) -> None:
    for terms in (index_terms(text), query_terms(text)):
        assert all(term.isalnum() for term in terms)
        assert len(set(terms)) == len(terms)


@given(st.text())
def test_a_text_has_every_term_that_it_is_looked_for_by(text: str) -> None:
    there = index_terms(text)
    for sought in query_terms(text):
        assert any(term.startswith(sought) for term in there)


@given(st.text())
def test_neither_case_nor_composition_matters(text: str) -> None:
    assert index_terms(text.upper().lower()) == index_terms(text.upper())
