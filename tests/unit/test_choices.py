import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.choices import MAX_CHOICES, best_matches, nearest

MODELS = {
    "flux-2-pro": "Flux 2 Pro",
    "flux-2-max": "Flux 2 Max",
    "z-image-turbo": "Z-Image Turbo",
    "qwen-image": "Qwen Image",
    "nano-banana-pro": "Nano Banana Pro",
}
names_of_many = st.lists(st.text(max_size=20), max_size=40)


def matches(typed: str, *, limit: int = MAX_CHOICES) -> list[str]:
    return best_matches(MODELS, typed, names=lambda model: (model, MODELS[model]), limit=limit)


class TestAutocompletion:
    @pytest.mark.parametrize("typed", ["", "  "])
    def test_nothing_typed_offers_all_in_order(self, typed: str) -> None:
        assert matches(typed) == list(MODELS)

    def test_a_name_that_starts_with_it_comes_first(self) -> None:
        assert matches("z")[0] == "z-image-turbo"
        assert matches("image") == ["qwen-image", "z-image-turbo"]

    def test_a_name_that_it_covers_better_comes_first(self) -> None:
        assert matches("flux 2 pro") == ["flux-2-pro"]
        assert matches("pro") == ["flux-2-pro", "nano-banana-pro"]

    def test_equals_keep_their_order(self) -> None:
        assert matches("flux") == ["flux-2-pro", "flux-2-max"]

    def test_every_word_must_stand_in_one_name(self) -> None:
        assert matches("pro banana") == ["nano-banana-pro"]
        assert matches("flux banana") == []

    def test_case_does_not_matter(self) -> None:
        assert matches("QWEN") == ["qwen-image"]

    def test_at_most_the_limit_is_offered(self) -> None:
        assert matches("", limit=2) == ["flux-2-pro", "flux-2-max"]
        assert matches("flux", limit=1) == ["flux-2-pro"]

    @given(items=names_of_many, typed=st.text(max_size=20))
    def test_choices_are_items_each_at_most_once_and_never_too_many(
        self, items: list[str], typed: str
    ) -> None:
        found = best_matches(items, typed, names=lambda item: (item,))

        assert len(found) <= MAX_CHOICES
        assert all(found.count(item) <= items.count(item) for item in found)

    @given(items=names_of_many, typed=st.text(min_size=1, max_size=20))
    def test_all_that_contain_what_was_typed_are_offered(
        self, items: list[str], typed: str
    ) -> None:
        found = best_matches(items, typed, names=lambda item: (item,), limit=len(items))

        words = typed.casefold().split()
        fitting = [item for item in items if all(word in item.casefold() for word in words)]
        assert sorted(found) == sorted(fitting)


class TestDidYouMean:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("flux-2-prp", "flux-2-pro"),
            ("QWEN-IMGE", "qwen-image"),
            ("nanobanana", "nano-banana-pro"),
        ],
    )
    def test_a_slip_finds_what_was_meant(self, typed: str, meant: str) -> None:
        assert nearest(MODELS, typed)[0] == meant

    def test_what_has_little_in_common_is_left_out(self) -> None:
        assert nearest(MODELS, "xyzzy") == ()

    def test_the_best_come_first_and_no_more_than_asked(self) -> None:
        assert nearest(MODELS, "flux-2-ma", limit=2) == ("flux-2-max", "flux-2-pro")

    def test_a_very_long_slip_is_compared_by_its_beginning(self) -> None:
        assert nearest(MODELS, "qwen-image" + " " * 6_000) == nearest(
            MODELS, "qwen-image" + " " * 90
        )

    @given(names=names_of_many, typed=st.text(max_size=20))
    def test_suggestions_are_names_that_there_are(self, names: list[str], typed: str) -> None:
        assert set(nearest(names, typed)) <= set(names)

    @given(names=st.lists(st.text(min_size=1, max_size=20), min_size=1))
    def test_a_name_is_nearest_to_itself(self, names: list[str]) -> None:
        assert names[0].casefold() == nearest(names, names[0])[0].casefold()
