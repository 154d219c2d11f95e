"""What a prompt is of, by its words alone."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.insight.kind_words import ENGLISH, FRAME, GERMAN, SAY_ALL
from bot.domain.insight.kinds import PromptKind
from bot.domain.insight.prompt_kind import KindFound, kind_of_prompt

LISTS = (SAY_ALL, FRAME, ENGLISH, GERMAN)
EVERY_WORD = [
    (word, kind) for listed in LISTS for kind, words in listed.items() for word in words.split()
]
prompts = st.text(max_size=200) | st.lists(
    st.sampled_from([word for word, _ in EVERY_WORD] + ["a", "of", "the", "zwischen", "in"])
).map(" ".join)


@pytest.mark.parametrize(
    ("prompt", "kind", "word"),
    [
        ("a portrait of an old woman, oil", PromptKind.PEOPLE, "woman"),
        ("a portrait of a cat", PromptKind.ANIMALS, "cat"),
        ("a portrait", PromptKind.PEOPLE, "portrait"),
        ("a cat on a beach before mountains", PromptKind.ANIMALS, "cat"),
        ("cities at night", PromptKind.BUILDINGS, "cities"),
        ("a fox as a LOGO", PromptKind.LETTERING, "logo"),
        ("foxes in a seamless pattern", PromptKind.ABSTRACT, "seamless"),
        ("zwei Schäferhunde im Garten", PromptKind.ANIMALS, "schäferhunde"),
        ("ein Bergdorf im Nebel", PromptKind.BUILDINGS, "bergdorf"),
        ("alte Dampflokomotiven", PromptKind.MACHINES, "dampflokomotiven"),
        ("Erdbeerkuchen", PromptKind.FOOD, "erdbeerkuchen"),
        ("a unicorn by a waterfall", PromptKind.FANTASY, "unicorn"),
        ("friendship", PromptKind.OTHER, None),
        ("一只猫", PromptKind.OTHER, None),
        ("", PromptKind.OTHER, None),
    ],
)
def test_the_first_that_is_named_says_what_a_prompt_is_of(
    prompt: str, kind: PromptKind, word: str | None
) -> None:
    assert kind_of_prompt(prompt) == KindFound(kind, word)


def test_the_words_of_a_styles_template_say_nothing() -> None:
    template = "portrait of {prompt}, a castle behind"

    found = kind_of_prompt("portrait of a dragon, a castle behind", besides=template)
    again = kind_of_prompt("portrait of a castle, a castle behind", besides=template)

    assert found.kind is PromptKind.FANTASY
    assert again.kind is PromptKind.BUILDINGS


def test_no_word_stands_for_two_kinds() -> None:
    kinds: defaultdict[str, set[PromptKind]] = defaultdict(set)
    for word, kind in EVERY_WORD:
        kinds[word].add(kind)

    assert {word: found for word, found in kinds.items() if len(found) > 1} == {}
    assert {kind for _, kind in EVERY_WORD} == set(PromptKind) - {PromptKind.OTHER}


def test_every_word_of_the_lists_is_found() -> None:
    found = {word: kind_of_prompt(f"xyz {word.upper()}!").kind for word, _ in EVERY_WORD}

    assert found == dict(EVERY_WORD)


@given(prompt=prompts)
def test_a_word_is_named_exactly_where_there_is_a_kind(prompt: str) -> None:
    found = kind_of_prompt(prompt)

    assert (found.word is None) == (found.kind is PromptKind.OTHER)
    assert kind_of_prompt(found.word or "") == found
    assert kind_of_prompt(prompt) == found


@given(prompt=prompts, filler=st.sampled_from(["xyz ", "12 ", "… "]))
def test_what_no_list_has_changes_nothing(prompt: str, filler: str) -> None:
    assert kind_of_prompt(filler + prompt + " " + filler) == kind_of_prompt(prompt)


@given(prompt=prompts)
def test_a_prompt_that_is_all_template_is_of_no_kind(prompt: str) -> None:
    assert kind_of_prompt(prompt, besides=prompt).kind is PromptKind.OTHER
