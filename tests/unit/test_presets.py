import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import PresetNameWrong
from bot.domain.preferences.preset import filled_prompt, preset_key, preset_name


@pytest.mark.parametrize(
    ("typed", "name"), [("  Film   Noir ", "Film Noir"), ("a\x00\nb", "a b"), ("x" * 32, "x" * 32)]
)
def test_a_name_is_tidied(typed: str, name: str) -> None:
    assert preset_name(typed) == name


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "x" * 33])
def test_a_name_that_is_empty_or_too_long_is_refused(typed: str) -> None:
    with pytest.raises(PresetNameWrong):
        preset_name(typed)


@given(st.text(max_size=32))
def test_a_tidied_name_stays_as_it_is_and_is_found_in_either_case(typed: str) -> None:
    try:
        name = preset_name(typed)
    except PresetNameWrong:
        return
    assert preset_name(name) == name
    assert preset_key(f"  {name} ") == preset_key(name)


@pytest.mark.parametrize(
    ("template", "typed", "prompt"),
    [
        ("a stamp of {prompt}, engraved", "a heron", "a stamp of a heron, engraved"),
        ("{prompt} and {prompt}", "x", "x and x"),
        ("in the rain", "a heron", "in the rain, a heron"),
        ("in the rain", None, "in the rain"),
        ("{prompt}", None, ""),
        (None, " a heron ", "a heron"),
        (None, None, ""),
        ("a {red,blue} car", "fast", "a {red,blue} car, fast"),
    ],
)
def test_a_template_and_what_was_typed_make_a_prompt(
    template: str | None, typed: str | None, prompt: str
) -> None:
    assert filled_prompt(template, typed) == prompt
