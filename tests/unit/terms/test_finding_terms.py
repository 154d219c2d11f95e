import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.terms import Disguise, TermFound, TermMatcher, parse_term
from bot.domain.terms.folding import fold
from bot.domain.terms.sieve import Sieve

WORDS = ("wicked", "moss", "slug", "glib")
PHRASE = "green slime"


def matcher(*terms: str) -> TermMatcher:
    return TermMatcher(parse_term(term) for term in terms)


def found(text: str, *terms: str) -> list[str]:
    return [each.term.text for each in matcher(*(terms or (*WORDS, PHRASE))).find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "a wicked king",
        "WICKED",
        "Wïcked",
        "w i c k e d",
        "w.i.c.k.e.d",
        "w_i-c k e d",
        "wick ed wi cked wckd w icked",
        "w1cked!",
        "w!ck3d",
        "w*cked",
        "w**ked",
        "wiiiicked",
        "wicked.",
        "(wicked)",
        "ｗｉｃｋｅｄ",
        "𝔀𝓲𝓬𝓴𝓮𝓭",
        "ⓦⓘⓒⓚⓔⓓ",
        "wісkеd",
        "wic\u200bked",
        "w🔥i🔥c🔥k🔥e🔥d",
        "🅆🄸🄲🄺🄴🄳",
    ],
)
def test_a_word_is_found_in_its_disguises(text: str) -> None:
    assert found(text) == ["wicked"]


@pytest.mark.parametrize(
    "text",
    ["green slime", "GREEN  SLIME", "greenslime", "green-slime", "gr33n s1ime", "green\nslime"],
)
def test_a_phrase_is_found_together(text: str) -> None:
    assert found(text) == [PHRASE]


@pytest.mark.parametrize(
    "text",
    [
        "wickedness, mosses, sluggish, glibly",
        "a blackwicked candle",
        "green and slime, slime green",
        "5106 and 6118",
        "a mos eisley street",
        "",
        "!?* …",
        "w",
    ],
)
def test_innocent_texts_stay_innocent(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("term", "text", "is_found"),
    [
        ("slug*", "sluggish", True),
        ("slug*", "a greenslug", False),
        ("*slug*", "a greenslugs", True),
        ("*slug", "greenslug", True),
        ("裸", "全裸の絵", True),
        ("слизень", "Слизень", True),
        ("слизень", "слизеньки", False),
        ("/sl[iu]g{1,2}/", "a SLUGG", True),
        ("/^only this$/", "only that", False),
        ("o'clock", "five oclock", True),
        ("cafe", "CAFÉ", True),
        ("straße", "STRASSE", True),
    ],
)
def test_stars_scripts_and_patterns(term: str, text: str, is_found: bool) -> None:
    assert found(text, term) == ([term.strip("/")] if is_found else [])


def test_what_was_found_says_how_it_was_written() -> None:
    slug = parse_term("slug")
    assert list(matcher("slug").find("a slug")) == [TermFound(slug, "slug", Disguise.NONE)]
    assert list(matcher("slug").find("a 5lug")) == [TermFound(slug, "5lug", Disguise.SPELLING)]
    assert list(matcher("slug").find("s l u g")) == [TermFound(slug, "slug", Disguise.SPACING)]


def test_every_term_of_a_text_is_told_once() -> None:
    assert sorted(found("slug, 5lug, moss and m.o.s.s")) == ["moss", "slug"]


def test_a_list_without_terms_finds_nothing() -> None:
    assert list(TermMatcher([]).find("w.i.c.k.e.d")) == []


letters = st.text("abcdefghiklmnoprstuwz", min_size=3, max_size=9)


@given(st.lists(letters, min_size=1, max_size=5), st.data())
def test_a_term_is_found_in_every_text_that_has_it_as_a_word(
    terms: list[str], data: st.DataObject
) -> None:
    term = data.draw(st.sampled_from(terms))
    before, after = data.draw(st.text(max_size=20)), data.draw(st.text(max_size=20))
    assert term in found(f"{before} {term} {after}", *terms)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


noise = st.text("abcdegiklmosuw013$!|+(<&*#.-_ \u0301\u200b🔥", max_size=30)


@given(noise, st.lists(st.sampled_from([*WORDS, PHRASE, "mo", "as"]), min_size=1))
@example("s!u+g!", ["slug"])
@example("m(oss", ["moss"])
@example("w*.*c.k.e.d", ["wicked"])
@example("sssl-ug", ["slug"])
def test_the_sieve_never_holds_back_a_term(text: str, terms: list[str]) -> None:
    folded = fold(text)
    parsed = [parse_term(term) for term in terms]
    if list(TermMatcher(parsed)._words_in(folded)):
        assert Sieve(term.words for term in parsed).may_hold(folded)


@pytest.mark.parametrize("term", ["wicked", "/w.cked/"])
def test_half_a_surrogate_pair_hides_nothing_and_breaks_nothing(term: str) -> None:
    assert matcher(term).first("a wic\ud83dked king") is not None
    assert matcher(f"{term[:3]}\udc8a{term[3:]}").first("a wicked king") is not None
