"""A server's style: its template, and what it does to a request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.flags import Options
from bot.domain.styles.errors import (
    StyleFileWrong,
    StyleNameWrong,
    StylesFull,
    TemplateBraces,
    TemplateTooLong,
    TemplateWithoutPrompt,
)
from bot.domain.styles.server_style import (
    MAX_TEMPLATE_CHARS,
    StyleDraft,
    checked_draft,
    filled,
    in_style,
)
from bot.domain.styles.style_file import read_file


def draft(template: str = "{prompt}, in oils", *, name: str = "Harbour") -> StyleDraft:
    return StyleDraft(name=name, template=template)


@pytest.mark.parametrize(
    ("template", "prompt", "whole"),
    [
        ("{prompt}, in oils", "a fox", "a fox, in oils"),
        ("{subject} at dusk: {prompt}", "a fox, red", "a fox at dusk: a fox, red"),
        ("{prompt}", "{subject} {prompt}", "{subject} {prompt}"),
        ("oils of {prompt}", "  ", ""),
    ],
)
def test_a_template_is_filled_once(template: str, prompt: str, whole: str) -> None:
    assert filled(template, prompt) == whole


@given(st.text())
def test_every_prompt_stands_in_its_template_as_it_was_typed(prompt: str) -> None:
    assert filled("<{prompt}>", prompt) == (f"<{prompt.strip()}>" if prompt.strip() else "")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (draft("in oils"), TemplateWithoutPrompt),
        (draft("{subject} in oils"), TemplateWithoutPrompt),
        (draft("{prompt} {colour}"), TemplateBraces),
        (draft("{prompt} }"), TemplateBraces),
        (draft("{prompt}" + "a" * MAX_TEMPLATE_CHARS), TemplateTooLong),
        (draft(name="  "), StyleNameWrong),
        (draft(name="n" * 33), StyleNameWrong),
    ],
)
def test_a_style_that_is_wrong_is_told_why(wrong: StyleDraft, error: type[Exception]) -> None:
    with pytest.raises(error):
        checked_draft(wrong)


def test_what_was_said_counts_more_than_the_style_and_negative_prompts_add_up() -> None:
    style = StyleDraft(
        name="Harbour", template="{prompt}", negative="people", model="a", preset="Watercolor"
    )

    said = in_style(Options(style="harbour", model="b", negative="boats"), style)

    assert said == Options(style="Watercolor", model="b", negative="boats, people")
    assert in_style(Options(style="harbour"), style).model == "a"


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"gondola_styles": 2, "styles": []}',
        b'{"gondola_styles": 1}',
        b'{"gondola_styles": 1, "styles": [1]}',
        b'{"gondola_styles": 1, "styles": [{"name": "Harbour"}]}',
        b'{"gondola_styles": 1, "styles": [{"name": "Harbour", "template": 5}]}',
    ],
)
def test_a_file_of_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(StyleFileWrong):
        read_file(content)


def test_a_file_of_too_many_styles_is_refused() -> None:
    with pytest.raises(StylesFull):
        read_file(b'{"gondola_styles": 1, "styles": [%s]}' % b",".join([b"1"] * 101))
