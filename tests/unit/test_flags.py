from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.asking.request import ImageFormat
from bot.domain.asking.seeds import HIGHEST_SEED, LOWEST_SEED
from bot.domain.errors import MemberError
from bot.domain.flags import (
    Flag,
    FlagError,
    FlagRepeated,
    FlagTakesNoValue,
    FlagValueMissing,
    FlagValueNotTaken,
    FlagValueUnclosed,
    OptionFlagConflict,
    Options,
    ParsedPrompt,
    UnknownFlag,
    merge,
    parse_prompt,
    render_flags,
)
from bot.text.errors import explain
from bot.text.words import Words, languages, words_for
from tests.unit.lines_run import lines_run
from tests.unit.strategies import hostile_texts

SWITCHES = {Flag.ENHANCE, Flag.WEB, Flag.PRIVATE, Flag.RAW}

values = st.text().map(str.strip).filter(bool)
switches = st.sampled_from([None, True])
given_options = st.builds(
    Options,
    model=st.none() | values,
    style=st.none() | values,
    aspect=st.none() | values,
    size=st.none() | values,
    quality=st.none() | values,
    negative=st.none() | values,
    seed=st.none() | st.integers(LOWEST_SEED, HIGHEST_SEED),
    images=st.none() | st.integers(1, 4),
    steps=st.none() | st.integers(1, 10_000),
    guidance=st.none() | st.floats(0, 20, exclude_min=True),
    lora_strength=st.none() | st.integers(0, 100),
    format=st.none() | st.sampled_from(get_args(ImageFormat)),
    enhance=switches,
    web_search=switches,
    private=switches,
    raw=switches,
)
fragments = st.sampled_from(
    [flag.typed for flag in Flag]
    + [f"—{flag}" for flag in Flag]
    + [" ", "\n", "\u2003", "=", '"', "“", "”", "„", "'", "\\", "--", "—", "-", ",", "(", "1", "a"]
)
"""What flags are made of, to be put together in any order."""


def flags_of(typed: str) -> Options:
    return parse_prompt(typed).flags


def prompt_of(typed: str) -> str:
    return parse_prompt(typed).prompt


def parsed_or_error(typed: str) -> ParsedPrompt | FlagError:
    try:
        return parse_prompt(typed)
    except FlagError as error:
        return error


def merged_or_conflict(options: Options, flags: Options) -> Options | OptionFlagConflict:
    try:
        return merge(options, flags)
    except OptionFlagConflict as error:
        return error


class TestEveryFlag:
    @pytest.mark.parametrize(
        ("typed", "flags"),
        [
            ("--model flux-2-pro", Options(model="flux-2-pro")),
            ("--style Anime", Options(style="Anime")),
            ("--ar 16:9", Options(aspect="16:9")),
            ("--size 1280x720", Options(size="1280x720")),
            ("--quality high", Options(quality="high")),
            ("--no fog", Options(negative="fog")),
            ("--seed 42", Options(seed=42)),
            ("--images 4", Options(images=4)),
            ("--steps 20", Options(steps=20)),
            ("--guidance 7.5", Options(guidance=7.5)),
            ("--lora 50", Options(lora_strength=50)),
            ("--format png", Options(format="png")),
            ("--enhance", Options(enhance=True)),
            ("--web", Options(web_search=True)),
            ("--private", Options(private=True)),
            ("--raw", Options(raw=True)),
        ],
    )
    def test_is_read_behind_the_prompt_and_written_as_it_was(
        self, typed: str, flags: Options
    ) -> None:
        assert parse_prompt(f"a cat {typed}") == ParsedPrompt("a cat", flags)
        assert render_flags(flags) == typed

    def test_sets_one_field_that_is_named_like_its_option(self) -> None:
        assert {flag.option for flag in Flag} == {field.name for field in fields(Options)}

    def test_may_stand_with_all_others(self) -> None:
        parsed = parse_prompt("a cat --raw --style Film Noir --ar=16:9 --seed -5 --no red, blue")

        assert parsed == ParsedPrompt(
            "a cat",
            Options(raw=True, style="Film Noir", aspect="16:9", seed=-5, negative="red, blue"),
        )


class TestWhereFlagsStand:
    @pytest.mark.parametrize(
        ("typed", "prompt"),
        [
            ("--ar 16:9 a cat", "a cat"),
            ("a cat --ar 16:9 in a hat", "a cat in a hat"),
            ("a cat\n--ar 16:9\nin a hat", "a cat\nin a hat"),
            ("  a cat   --ar   16:9  ", "a cat"),
            ("a cat --private in a hat --ar 16:9", "a cat in a hat"),
            ("--private", ""),
        ],
    )
    def test_anywhere_after_a_blank_and_the_words_close_ranks(
        self, typed: str, prompt: str
    ) -> None:
        assert prompt_of(typed) == prompt

    @pytest.mark.parametrize(
        "typed",
        [
            "a well--made chair",
            "a -- b",
            "a - b",
            "a — b",
            "word—word",
            "--",
            "a --- b",
            "---ar 16:9",
            "--16:9",
            "-ar 16:9",
            "(--ar 16:9)",
            "  blanks stay too  ",
        ],
    )
    def test_other_dashes_are_text(self, typed: str) -> None:
        assert parse_prompt(typed) == ParsedPrompt(typed, Options())

    @pytest.mark.parametrize("typed", ["a cat —ar 16:9", "a cat --AR 16:9", "a cat —Ar=16:9"])
    def test_an_em_dash_is_two_dashes_and_case_does_not_matter(self, typed: str) -> None:
        assert parse_prompt(typed) == ParsedPrompt("a cat", Options(aspect="16:9"))

    @given(st.text().filter(lambda text: "--" not in text and "—" not in text))
    def test_a_prompt_without_them_is_not_touched(self, typed: str) -> None:
        assert parse_prompt(typed) == ParsedPrompt(typed, Options())


class TestHowFarAValueReaches:
    @pytest.mark.parametrize("flag", [Flag.MODEL, Flag.STYLE])
    @pytest.mark.parametrize(
        "typed",
        ["a cat {} Film  Noir --raw", "a cat --raw {}=Film Noir ", "--raw a cat {} Film Noir"],
    )
    def test_a_name_behind_the_prompt_takes_all_words_up_to_the_next_flag(
        self, flag: Flag, typed: str
    ) -> None:
        parsed = parse_prompt(typed.format(flag.typed))

        assert (parsed.prompt, parsed.flags.value_of(flag)) == ("a cat", "Film Noir")
        assert parsed.flags.raw

    @pytest.mark.parametrize("flag", ["model", "style"])
    def test_a_name_before_the_prompt_takes_one_word(self, flag: str) -> None:
        assert prompt_of(f"--{flag} Anime a cat") == "a cat"
        assert prompt_of(f"--raw --{flag} Anime a cat --ar 1:1") == "a cat"

    @pytest.mark.parametrize(
        "typed",
        ["--no red, blue hats", "--no=red, blue hats", "--raw --no red,\n blue hats --ar 1:1"],
    )
    def test_no_takes_all_up_to_the_next_flag_wherever_it_stands(self, typed: str) -> None:
        parsed = parse_prompt(typed)

        assert (parsed.prompt, parsed.flags.negative) == ("", "red, blue hats")

    def test_any_other_value_is_one_word(self) -> None:
        assert parse_prompt("a cat --ar 16:9 in a hat") == ParsedPrompt(
            "a cat in a hat", Options(aspect="16:9")
        )

    def test_a_lone_pair_of_dashes_ends_no_value(self) -> None:
        assert flags_of("a cat --no red -- blue").negative == "red -- blue"


class TestQuotationMarks:
    @pytest.mark.parametrize(
        "quoted",
        [
            '"Film Noir"',
            "“Film Noir”",
            "”Film Noir”",
            "„Film Noir“",
            "'Film Noir'",
            "‘Film Noir’",
            "‚Film Noir‘",
            '" Film Noir "',
        ],
    )
    @pytest.mark.parametrize("separator", [" ", "="])
    def test_of_any_kind_hold_a_value_together(self, quoted: str, separator: str) -> None:
        assert parse_prompt(f"--style{separator}{quoted} a cat") == ParsedPrompt(
            "a cat", Options(style="Film Noir")
        )

    @pytest.mark.parametrize(
        ("typed", "negative"),
        [
            ('--no "red --ar 1:1" a cat', "red --ar 1:1"),
            ("--no 'don't care' a cat", "don't care"),
            (r'--no "a \"sign\"" a cat', 'a "sign"'),
            (r'--no "C:\dir\\" a cat', "C:\\dir\\"),
        ],
    )
    def test_inside_a_value_all_is_text(self, typed: str, negative: str) -> None:
        assert parse_prompt(typed) == ParsedPrompt("a cat", Options(negative=negative))

    @pytest.mark.parametrize(
        ("typed", "negative"),
        [
            ('a cat --no "text", "marks" --raw', '"text", "marks"'),
            ('a cat --no "text, marks --raw', '"text, marks'),
            ("a cat --no '80s hair --raw", "'80s hair"),
        ],
    )
    def test_that_do_not_wrap_what_no_takes_are_part_of_it(self, typed: str, negative: str) -> None:
        assert parse_prompt(typed) == ParsedPrompt("a cat", Options(negative=negative, raw=True))

    @pytest.mark.parametrize("value", ['"Film Noir', "„Film Noir", '"Film Noir",', '"Film"Noir'])
    def test_that_are_not_closed_are_an_error(self, value: str) -> None:
        with pytest.raises(FlagValueUnclosed) as refused:
            parse_prompt(f"a cat --style {value} --raw")
        assert (refused.value.flag, refused.value.got) == (Flag.STYLE, value)

    @pytest.mark.parametrize(
        "prompt",
        [
            'a sign that says "use --ar here"',
            "a sign that says “—ar 16:9”",
            'a sign ("see --help")',
            'two signs, "--ar" and "or --raw".',
        ],
    )
    def test_in_the_prompt_keep_a_passage_to_the_letter(self, prompt: str) -> None:
        assert parse_prompt(prompt) == ParsedPrompt(prompt, Options())
        assert parse_prompt(f"{prompt} --raw") == ParsedPrompt(prompt, Options(raw=True))

    @pytest.mark.parametrize(
        "prompt", ['a 5" nail', 'a 5" and a 6" nail', "the cat's dogs'", 'he said "hello', 'a " b']
    )
    def test_that_open_no_passage_hide_no_flag(self, prompt: str) -> None:
        assert parse_prompt(f"{prompt} --raw") == ParsedPrompt(prompt, Options(raw=True))


class TestNumbersAndFormats:
    @pytest.mark.parametrize(
        ("typed", "flags"),
        [
            ("--seed 0", Options(seed=0)),
            ("--seed -999999999", Options(seed=LOWEST_SEED)),
            ("--seed 999999999", Options(seed=HIGHEST_SEED)),
            ("--images 1", Options(images=1)),
            ("--steps 1", Options(steps=1)),
            ("--guidance 0.01", Options(guidance=0.01)),
            ("--guidance 20", Options(guidance=20)),
            ("--guidance 7,5", Options(guidance=7.5)),
            ("--lora 0", Options(lora_strength=0)),
            ("--lora 100", Options(lora_strength=100)),
            ("--format WebP", Options(format="webp")),
            ("--format jpg", Options(format="jpeg")),
            ('--seed "5"', Options(seed=5)),
        ],
    )
    def test_within_the_limits_are_taken(self, typed: str, flags: Options) -> None:
        assert flags_of(typed) == flags

    @pytest.mark.parametrize(
        ("flag", "got"),
        [
            (Flag.SEED, "-1000000000"),
            (Flag.SEED, "1000000000"),
            (Flag.SEED, "1.5"),
            (Flag.SEED, "lucky"),
            (Flag.SEED, "9" * 5_000),
            (Flag.IMAGES, "0"),
            (Flag.IMAGES, "5"),
            (Flag.STEPS, "0"),
            (Flag.STEPS, "many"),
            (Flag.GUIDANCE, "0"),
            (Flag.GUIDANCE, "20.01"),
            (Flag.GUIDANCE, "nan"),
            (Flag.GUIDANCE, "inf"),
            (Flag.LORA, "-1"),
            (Flag.LORA, "101"),
            (Flag.LORA, "0.5"),
            (Flag.FORMAT, "gif"),
        ],
    )
    def test_beyond_them_are_an_error_that_says_what_it_got(self, flag: Flag, got: str) -> None:
        with pytest.raises(FlagValueNotTaken) as refused:
            parse_prompt(f"a cat {flag.typed} {got}")
        assert (refused.value.flag, refused.value.got) == (flag, got)


class TestMistakes:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("sed", Flag.SEED),
            ("sytle", Flag.STYLE),
            ("ar,", Flag.AR),
            ("aspect", Flag.AR),
            ("negative", Flag.NO),
            ("lora_strength", Flag.LORA),
            ("web_search", Flag.WEB),
        ],
    )
    def test_an_unknown_flag_is_told_the_nearest(self, typed: str, meant: Flag) -> None:
        with pytest.raises(UnknownFlag) as refused:
            parse_prompt(f"a cat --{typed} 5")
        assert refused.value.name == typed
        assert refused.value.nearest[0] is meant

    def test_an_unknown_flag_may_be_near_to_none(self) -> None:
        with pytest.raises(UnknownFlag) as refused:
            parse_prompt("un hombre —cansado— camina")
        assert (refused.value.name, refused.value.nearest) == ("cansado—", ())

    @pytest.mark.parametrize("typed", ["--ar 1:1 --ar 1:1", "--ar 1:1 a cat —AR 16:9"])
    def test_a_flag_given_twice_is_an_error(self, typed: str) -> None:
        with pytest.raises(FlagRepeated) as refused:
            parse_prompt(typed)
        assert refused.value.flag is Flag.AR

    @pytest.mark.parametrize("flag", sorted(set(Flag) - SWITCHES))
    @pytest.mark.parametrize("rest", ["", " ", "=", ' ""', "=' '", " --raw", " —raw"])
    def test_a_flag_without_its_value_is_an_error(self, flag: Flag, rest: str) -> None:
        with pytest.raises(FlagValueMissing) as refused:
            parse_prompt(f"a cat {flag.typed}{rest}")
        assert refused.value.flag is flag

    @pytest.mark.parametrize("flag", sorted(SWITCHES))
    def test_a_switch_with_a_value_is_an_error(self, flag: Flag) -> None:
        with pytest.raises(FlagTakesNoValue) as refused:
            parse_prompt(f"a cat {flag.typed}=yes")
        assert refused.value.flag is flag

    @given(hostile_texts | st.lists(fragments | st.text(max_size=2)).map("".join))
    @example('--no "\\')
    def test_whatever_is_typed_is_read_or_refused(self, typed: str) -> None:
        parsed = parsed_or_error(typed)

        if isinstance(parsed, FlagError):
            assert 0 < len(explain(parsed, words_for("en"))) < 600
        else:
            assert len(parsed.prompt) <= len(typed)

    def test_reading_takes_time_in_proportion_to_what_is_typed(self) -> None:
        def work(times: int) -> int:
            return lines_run(lambda: parse_prompt("--raw " + '"a" „b --- “c ' * times + "--no '"))

        assert work(200) < 2.2 * work(100)


class TestWritingFlags:
    @given(given_options)
    def test_what_is_written_is_read_back(self, flags: Options) -> None:
        assert parse_prompt(render_flags(flags)) == ParsedPrompt("", flags)
        assert parse_prompt(f"a cat in a 5' hat {render_flags(flags)}".rstrip()) == ParsedPrompt(
            "a cat in a 5' hat", flags
        )

    def test_only_what_needs_them_has_quotation_marks(self) -> None:
        flags = Options(style="Film Noir", aspect="16:9", negative='a "sign"', size="-1")

        assert render_flags(flags) == r'--style "Film Noir" --ar 16:9 --size "-1" --no "a \"sign\""'

    def test_what_is_off_has_no_flag(self) -> None:
        assert render_flags(Options(private=False)) == ""


class TestMerging:
    def test_either_side_adds_to_the_other(self) -> None:
        merged = merge(Options(model="flux-2-pro", seed=0), Options(aspect="16:9", raw=True))

        assert merged == Options(model="flux-2-pro", seed=0, aspect="16:9", raw=True)

    def test_saying_the_same_twice_is_fine_in_any_case_or_blanks(self) -> None:
        merged = merge(
            Options(style="Film Noir", seed=5, private=True, guidance=7.0),
            Options(style="film  noir", seed=5, private=True, guidance=7),
        )

        assert merged == Options(style="Film Noir", seed=5, private=True, guidance=7.0)

    @pytest.mark.parametrize(
        ("options", "flags", "conflict"),
        [
            (Options(aspect="1:1"), Options(aspect="16:9"), (Flag.AR, "1:1", "16:9")),
            (Options(seed=0), Options(seed=5), (Flag.SEED, 0, 5)),
            (Options(private=False), Options(private=True), (Flag.PRIVATE, False, True)),
        ],
    )
    def test_saying_two_things_is_an_error_that_names_both(
        self, options: Options, flags: Options, conflict: tuple[object, ...]
    ) -> None:
        with pytest.raises(OptionFlagConflict) as refused:
            merge(options, flags)
        error = refused.value
        assert (error.flag, error.by_option, error.by_flag) == conflict

    @given(given_options)
    def test_nothing_and_itself_change_nothing(self, given: Options) -> None:
        assert merge(given, Options()) == merge(Options(), given) == merge(given, given) == given

    @given(given_options, given_options)
    def test_each_field_is_what_was_given_or_the_conflict_is_told(
        self, options: Options, flags: Options
    ) -> None:
        merged = merged_or_conflict(options, flags)

        if isinstance(merged, OptionFlagConflict):
            assert options.value_of(merged.flag) == merged.by_option
            assert flags.value_of(merged.flag) == merged.by_flag
            assert merged.by_option != merged.by_flag
            return
        for flag in Flag:
            offered = (options.value_of(flag), flags.value_of(flag))
            assert merged.value_of(flag) in offered
            assert (merged.value_of(flag) is None) == (offered == (None, None))


class TestWords:
    @pytest.mark.parametrize("words", [words_for(language) for language in languages()])
    @pytest.mark.parametrize(
        ("error", "told"),
        [
            (UnknownFlag("sed", (Flag.SEED,)), ["`--sed`", "`--seed`"]),
            (UnknownFlag("zzz"), ["`--zzz`", *(flag.typed for flag in Flag)]),
            (FlagRepeated(Flag.AR), ["`--ar`"]),
            (FlagValueUnclosed(Flag.STYLE, '"Film'), ["`--style`", '`"Film`']),
            (FlagTakesNoValue(Flag.RAW), ["`--raw`"]),
            (FlagValueNotTaken(Flag.SEED, "x"), ["`--seed`", "`x`", "-999999999"]),
            (FlagValueNotTaken(Flag.GUIDANCE, "0"), ["`--guidance`", "`0`", "20"]),
            (OptionFlagConflict(Flag.AR, "1:1", "2:1"), ["`aspect`", "`1:1`", "`--ar`", "`2:1`"]),
        ],
    )
    def test_say_what_was_got_and_what_is_taken(
        self, error: FlagError, told: list[str], words: Words
    ) -> None:
        sentence = explain(error, words)

        assert [part for part in told if part not in sentence] == []

    @pytest.mark.parametrize("flag", sorted(set(Flag) - SWITCHES))
    def test_are_there_for_every_flag_that_takes_a_value(self, flag: Flag) -> None:
        assert flag.typed in explain(FlagValueMissing(flag), words_for("en"))

    def test_every_flag_error_is_one_that_the_member_can_mend(self) -> None:
        assert issubclass(FlagError, MemberError)
