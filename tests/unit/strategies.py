"""What members may type, from the sensible to the hostile."""

from hypothesis import strategies as st

from bot.domain.models.image_model import PixelSizing, RatioSizing, Sizing, TierSizing

LISTED_RATIOS = (
    "1:1", "4:3", "3:4", "4:5", "3:2", "2:3", "16:9", "9:16", "21:9", "19.5:9", "9:20", "auto",
)  # fmt: skip
LISTED_TIERS = ("1K", "2K", "4K", "1k", "2k", "0.5K")

_blanks = st.sampled_from(["", " ", "  ", "\n", "\u2003"])
_sides = st.one_of(
    st.integers(0, 99_999).map(str),
    st.decimals(0, 9_999, places=3).map(lambda side: f"{side:f}"),
    st.sampled_from(["0", "00", "1e3", "-4", "１６", "٩", "²", ""]),
)


@st.composite
def _typed_pairs(draw: st.DrawFn) -> str:
    separator = draw(st.sampled_from([":", "/", "x", "X", "×", "*", "by"]))
    parts = [draw(_blanks), draw(_sides), draw(_blanks), separator]
    return "".join([*parts, draw(_blanks), draw(_sides), draw(_blanks)])


_typed_tiers = st.sampled_from(
    [*LISTED_TIERS, "8K", "2\N{KELVIN SIGN}", "99.9k", "2 K", "K", "2KK", "２k"]
)

typed_sizes = st.one_of(
    st.none(), st.text(), _typed_pairs(), _typed_tiers, st.sampled_from(["auto", "AUTO", " auto "])
)
"""Either of the two sizing options, as anybody might type it."""

hostile_texts = st.one_of(
    st.text(),
    st.text(alphabet="`@*_~|<>[]()#:\\\n everyone"),
    st.lists(
        st.sampled_from(
            [
                "@everyone", "@here", "<@1234>", "<@&1234>", "<#1234>", "<t:0:R>", "</imagine:1>",
                "```", "``", "`", "\\", "\\`", "||", "[text](https://example.com)",
                "\n# ", "ˋ", "a",
            ]
        )
    ).map("".join),
)  # fmt: skip
"""Words that try to mention somebody, or to end the formatting that they stand in."""


@st.composite
def pixel_sizings(draw: st.DrawFn) -> PixelSizing:
    divisor = draw(st.sampled_from([1, 2, 8, 16, 32, 64]))
    return PixelSizing(divisor, max_side=draw(st.sampled_from([512, 1024, 1280])))


@st.composite
def ratio_sizings(draw: st.DrawFn) -> RatioSizing:
    ratios = draw(_some_of(LISTED_RATIOS))
    return RatioSizing(ratios, draw(st.none() | st.sampled_from(ratios)))


@st.composite
def tier_sizings(draw: st.DrawFn) -> TierSizing:
    ratios, tiers = draw(_some_of(LISTED_RATIOS)), draw(_some_of(LISTED_TIERS))
    return TierSizing(
        ratios,
        tiers,
        draw(st.none() | st.sampled_from(ratios)),
        draw(st.none() | st.sampled_from(tiers)),
    )


def _some_of(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, unique_by=str.casefold).map(tuple)


def sizings() -> st.SearchStrategy[Sizing]:
    """Each of the three idioms."""
    return st.one_of(pixel_sizings(), ratio_sizings(), tier_sizings())
