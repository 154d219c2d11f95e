"""The rules of sizing, one table each."""

from fractions import Fraction

import pytest

from bot.domain.models.image_model import PixelSizing, RatioSizing, TierSizing
from bot.domain.sizing import (
    COMMON_RATIOS,
    AspectApproximated,
    AspectMalformed,
    AspectNotTaken,
    AspectSizeConflict,
    AspectUnreachable,
    PixelSize,
    RatioChoice,
    SizeBecameAspect,
    SizeChanged,
    SizeChoice,
    SizeMalformed,
    SizeWish,
    SizingNote,
    TierChoice,
    TierNotListed,
    TierNotTaken,
    example_sizes,
    fit,
    notes_on,
    parse_wish,
)

BY_8 = PixelSizing(divisor=8)
BY_16 = PixelSizing(divisor=16)
RATIOS = RatioSizing(("1:1", "3:2", "2:3", "16:9", "9:16", "21:9"), default_ratio="3:2")
RATIOS_AND_AUTO = RatioSizing(("1:1", "16:9", "Auto"))
AUTO_ONLY = RatioSizing(("auto",))
TIERS = TierSizing(("1:1", "16:9", "19.5:9"), ("1k", "2k"), default_ratio="16:9", default_tier="2k")

Answer = tuple[SizeChoice, tuple[SizingNote, ...]]


def answer(
    sizing: PixelSizing | RatioSizing | TierSizing,
    *,
    aspect: str | None = None,
    size: str | None = None,
) -> Answer:
    wish = parse_wish(aspect=aspect, size=size)
    choice = fit(sizing, wish)
    return choice, notes_on(wish, choice)


class TestReadingWhatWasTyped:
    @pytest.mark.parametrize(
        "typed", ["16:9", " 16:9 ", "16 : 9", "16x9", "16X9", "16×9", "16/9", "١٦:٩"]
    )
    def test_a_ratio_is_read_however_it_is_written(self, typed: str) -> None:
        assert parse_wish(aspect=typed, size=None).ratio == Fraction(16, 9)

    @pytest.mark.parametrize("typed", ["16:9", "16 x 9", "16\n/\n9"])
    def test_a_ratio_is_remembered_in_plain_spelling(self, typed: str) -> None:
        assert parse_wish(aspect=typed, size=None).aspect == "16:9"

    def test_a_ratio_may_have_decimals(self) -> None:
        assert parse_wish(aspect="19.5:9", size=None).ratio == Fraction(13, 6)

    @pytest.mark.parametrize("typed", ["auto", "AUTO", " Auto "])
    def test_auto_is_an_aspect_without_a_ratio(self, typed: str) -> None:
        assert parse_wish(aspect=typed, size=None) == SizeWish(aspect="auto")

    @pytest.mark.parametrize(
        "typed", ["wide", "16", "16:", ":9", "0:9", "16:0", "-16:9", "1e3:9", "16:9:1", "10000:1"]
    )
    def test_what_is_no_ratio_is_refused_as_it_was_typed(self, typed: str) -> None:
        with pytest.raises(AspectMalformed) as refused:
            parse_wish(aspect=typed, size=None)
        assert refused.value.text == typed
        assert refused.value.examples == COMMON_RATIOS

    @pytest.mark.parametrize("typed", ["1280x720", "1280 X 720", "1280×720", "1280*720"])
    def test_a_pixel_size_is_read_however_it_is_written(self, typed: str) -> None:
        assert parse_wish(aspect=None, size=typed).pixels == PixelSize(1280, 720)

    @pytest.mark.parametrize("typed", ["2K", "2k", " 2K ", "1.5k"])
    def test_a_tier_is_kept_for_the_model_to_compare(self, typed: str) -> None:
        assert parse_wish(aspect=None, size=typed) == SizeWish(tier=typed.strip())

    @pytest.mark.parametrize(
        "typed", ["big", "1280", "0x720", "1280x0", "-1x1", "100000x1", "16:9", "2KB", "auto"]
    )
    def test_what_is_no_size_is_refused_as_it_was_typed(self, typed: str) -> None:
        with pytest.raises(SizeMalformed) as refused:
            parse_wish(aspect=None, size=typed)
        assert refused.value.text == typed

    @pytest.mark.parametrize("blank", [None, "", "  "])
    def test_blanks_are_no_wish(self, blank: str | None) -> None:
        assert parse_wish(aspect=blank, size=blank) == SizeWish()


class TestPixelModels:
    @pytest.mark.parametrize(
        ("aspect", "by_16", "by_8"),
        [
            ("1:1", PixelSize(1024, 1024), PixelSize(1024, 1024)),
            ("16:9", PixelSize(1280, 720), PixelSize(1280, 720)),
            ("9:16", PixelSize(720, 1280), PixelSize(720, 1280)),
            ("4:3", PixelSize(1152, 864), PixelSize(1152, 864)),
            ("3:4", PixelSize(864, 1152), PixelSize(864, 1152)),
            ("3:2", PixelSize(1248, 832), PixelSize(1248, 832)),
            ("2:3", PixelSize(832, 1248), PixelSize(832, 1248)),
            ("21:9", PixelSize(1232, 528), PixelSize(1232, 528)),
            ("5:4", PixelSize(1120, 896), PixelSize(1120, 896)),
            ("19.5:9", PixelSize(1248, 576), PixelSize(1248, 576)),
            ("80:1", PixelSize(1280, 16), PixelSize(1280, 16)),
        ],
    )
    def test_an_exact_ratio_comes_first_and_then_the_area(
        self, aspect: str, by_16: PixelSize, by_8: PixelSize
    ) -> None:
        assert answer(BY_16, aspect=aspect) == (by_16, ())
        assert answer(BY_8, aspect=aspect) == (by_8, ())

    def test_a_ratio_that_is_not_reached_exactly_becomes_the_nearest_said_aloud(self) -> None:
        choice, notes = answer(BY_16, aspect="1.414:1")

        assert choice == PixelSize(1200, 848)
        assert notes == (AspectApproximated("1.414:1", "1200×848"),)

    def test_a_nearer_ratio_is_not_worth_a_thumbnail(self) -> None:
        choice, _ = answer(BY_16, aspect="239:100")

        assert isinstance(choice, PixelSize)
        assert choice.area > 500_000

    def test_a_ratio_beyond_three_percent_is_refused(self) -> None:
        with pytest.raises(AspectUnreachable) as refused:
            answer(BY_16, aspect="100:1")
        assert (refused.value.aspect, refused.value.max_side) == ("100:1", 1280)

    @pytest.mark.parametrize("size", ["1280x720", "16x16", "1280x1280", "512x768"])
    def test_a_size_that_the_model_takes_is_kept(self, size: str) -> None:
        choice, notes = answer(BY_16, size=size)

        assert str(choice) == size.replace("x", "×")
        assert notes == ()

    @pytest.mark.parametrize(
        ("asked", "used"),
        [
            ((1000, 700), (1008, 704)),
            ((1366, 768), (1280, 720)),
            ((1920, 1080), (1280, 720)),
            ((1080, 1920), (720, 1280)),
            ((4000, 4000), (1280, 1280)),
            ((1, 1), (16, 16)),
            ((99_999, 1), (1280, 16)),
        ],
    )
    def test_any_other_size_snaps_to_the_nearest_said_aloud(
        self, asked: tuple[int, int], used: tuple[int, int]
    ) -> None:
        choice, notes = answer(BY_16, size=f"{asked[0]}x{asked[1]}")

        assert choice == PixelSize(*used)
        assert notes == (SizeChanged(PixelSize(*asked), PixelSize(*used)),)

    def test_snapping_is_finer_where_the_divisor_is(self) -> None:
        assert answer(BY_8, size="1000x700")[0] == PixelSize(1000, 704)

    def test_a_tier_is_an_error_that_names_sizes(self) -> None:
        with pytest.raises(TierNotTaken) as refused:
            answer(BY_16, size="2K")
        assert refused.value.tier == "2K"
        assert refused.value.sizes[:2] == ("1024×1024", "1152×864")

    def test_auto_is_an_error_that_names_ratios(self) -> None:
        with pytest.raises(AspectNotTaken) as refused:
            answer(BY_16, aspect="auto")
        assert refused.value.listed == COMMON_RATIOS

    def test_nothing_asked_means_a_square(self) -> None:
        assert answer(BY_16) == (PixelSize(1024, 1024), ())

    def test_a_square_too_may_be_out_of_reach(self) -> None:
        with pytest.raises(AspectUnreachable) as refused:
            fit(PixelSizing(divisor=1040), SizeWish())
        assert refused.value.aspect == "1:1"

    def test_examples_are_sizes_that_the_model_takes(self) -> None:
        for text in example_sizes(BY_16):
            assert answer(BY_16, size=text)[1] == ()

    def test_examples_leave_out_what_a_coarse_model_cannot_make(self) -> None:
        assert example_sizes(PixelSizing(divisor=512, max_side=1024)) == ("1024×1024",)


class TestRatioAndSizeTogether:
    def test_they_may_agree(self) -> None:
        assert answer(BY_16, aspect="16:9", size="1280x720") == (PixelSize(1280, 720), ())

    def test_within_three_percent_they_agree(self) -> None:
        choice, notes = answer(BY_16, aspect="16:9", size="1264x720")

        assert choice == PixelSize(1264, 720)
        assert notes == ()

    @pytest.mark.parametrize("sizing", [BY_16, RATIOS, TIERS])
    @pytest.mark.parametrize("aspect", ["1:1", "9:16", "auto"])
    def test_otherwise_they_are_an_error_on_every_model(
        self, sizing: PixelSizing | RatioSizing | TierSizing, aspect: str
    ) -> None:
        with pytest.raises(AspectSizeConflict) as refused:
            answer(sizing, aspect=aspect, size="1280x720")
        assert (refused.value.aspect, refused.value.size) == (aspect, PixelSize(1280, 720))

    def test_where_only_the_ratio_counts_the_size_is_not_dropped_silently(self) -> None:
        choice, notes = answer(RATIOS, aspect="16:9", size="1280x720")

        assert choice == RatioChoice("16:9")
        assert notes == (SizeBecameAspect(PixelSize(1280, 720), "16:9"),)

    def test_a_ratio_and_a_tier_go_together(self) -> None:
        assert answer(TIERS, aspect="1:1", size="1K") == (TierChoice("1:1", "1k"), ())


class TestRatioModels:
    def test_a_listed_ratio_is_taken(self) -> None:
        assert answer(RATIOS, aspect="21:9") == (RatioChoice("21:9"), ())

    def test_an_equal_ratio_is_the_listed_one(self) -> None:
        assert answer(RATIOS, aspect="1920:1080") == (RatioChoice("16:9"), ())

    @pytest.mark.parametrize(
        ("asked", "used"),
        [("4:3", "3:2"), ("6:5", "1:1"), ("5:6", "1:1"), ("2:1", "16:9"), ("100:1", "21:9")],
    )
    def test_another_becomes_the_nearest_by_log_distance_said_aloud(
        self, asked: str, used: str
    ) -> None:
        assert answer(RATIOS, aspect=asked) == (
            RatioChoice(used),
            (AspectApproximated(asked, used),),
        )

    def test_distance_is_the_same_on_its_side(self) -> None:
        assert answer(RATIOS, aspect="1:2")[0] == RatioChoice("9:16")

    @pytest.mark.parametrize(("asked", "used"), [("1920x1080", "16:9"), ("1000x999", "1:1")])
    def test_a_pixel_size_becomes_the_nearest_ratio_said_aloud(self, asked: str, used: str) -> None:
        choice, notes = answer(RATIOS, size=asked)

        pixels = parse_wish(aspect=None, size=asked).pixels
        assert pixels is not None
        assert choice == RatioChoice(used)
        assert notes == (SizeBecameAspect(pixels, used),)

    def test_a_tier_is_an_error_that_names_the_ratios(self) -> None:
        with pytest.raises(TierNotTaken) as refused:
            answer(RATIOS, size="2K")
        assert refused.value.sizes == RATIOS.ratios

    def test_nothing_asked_means_the_default(self) -> None:
        assert answer(RATIOS) == (RatioChoice("3:2"), ())

    def test_without_a_default_it_is_the_first_listed(self) -> None:
        assert answer(RATIOS_AND_AUTO) == (RatioChoice("1:1"), ())

    def test_auto_is_sent_in_the_models_own_spelling(self) -> None:
        assert answer(RATIOS_AND_AUTO, aspect="AUTO") == (RatioChoice("Auto"), ())

    def test_auto_that_is_not_listed_is_an_error_that_lists_what_is(self) -> None:
        with pytest.raises(AspectNotTaken) as refused:
            answer(RATIOS, aspect="auto")
        assert refused.value.listed == RATIOS.ratios

    def test_a_model_of_auto_alone_gets_auto_said_aloud(self) -> None:
        assert answer(AUTO_ONLY, aspect="16:9") == (
            RatioChoice("auto"),
            (AspectApproximated("16:9", "auto"),),
        )


class TestTierModels:
    @pytest.mark.parametrize("typed", ["1K", "1k"])
    def test_tiers_are_compared_without_case_and_sent_in_the_models_spelling(
        self, typed: str
    ) -> None:
        assert answer(TIERS, size=typed) == (TierChoice("16:9", "1k"), ())

    def test_a_tier_that_is_not_listed_is_an_error_that_lists_those_that_are(self) -> None:
        with pytest.raises(TierNotListed) as refused:
            answer(TIERS, size="4K")
        assert (refused.value.tier, refused.value.listed) == ("4K", ("1k", "2k"))

    def test_nothing_asked_means_the_defaults(self) -> None:
        assert answer(TIERS) == (TierChoice("16:9", "2k"), ())

    def test_without_defaults_they_are_the_first_listed(self) -> None:
        assert answer(TierSizing(("1:1", "16:9"), ("1K", "2K")))[0] == TierChoice("1:1", "1K")

    def test_the_nearest_ratio_is_said_aloud(self) -> None:
        assert answer(TIERS, aspect="21:9") == (
            TierChoice("19.5:9", "2k"),
            (AspectApproximated("21:9", "19.5:9"),),
        )

    def test_a_pixel_size_becomes_the_nearest_ratio_said_aloud(self) -> None:
        assert answer(TIERS, size="1024x1024") == (
            TierChoice("1:1", "2k"),
            (SizeBecameAspect(PixelSize(1024, 1024), "1:1"),),
        )


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        (PixelSize(1280, 720), "1280×720"),
        (RatioChoice("16:9"), "16:9"),
        (TierChoice("16:9", "2K"), "16:9 · 2K"),
    ],
)
def test_a_choice_reads_as_members_know_it(choice: SizeChoice, shown: str) -> None:
    assert str(choice) == shown
