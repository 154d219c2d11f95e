r"""Flags: the options of `/imagine`, typed into the prompt itself.

    a detective in the rain --style Film Noir --ar 16:9 --no text, people --raw

- A flag is `--` and a name, at the start or after a blank; phones turn `--` into an em dash,
  which means the same. Dashes inside words, a lone `--` and `---` are text. Names may be in
  either case. Each flag may be given once.
- Its value follows after a blank or after `=`. In quotation marks, straight or curly, single or
  double, it may hold blanks and flags; `\"` is a mark and `\\` a backslash inside them. Only a
  blank or the end may follow the closing mark. An apostrophe that nothing closes is text.
- Without quotation marks a value is one word, with two exceptions. `--no` takes all up to the
  next flag. The names of `--model` and `--style` take all up to the next flag where some of the
  prompt stands before them, and one word where none does: in `a cat --style Film Noir` the
  prompt is told already, and in `--style Anime a cat` it is still to come.
- `--enhance`, `--web`, `--private` and `--raw` take no value: what follows is prompt.
- A passage of the prompt in double quotation marks is kept to the letter, with its marks:
  nothing in `a sign that says "use --ar here"` is a flag. Apostrophes protect nothing.
- What is left is the prompt: a blank or a line break before a flag is kept, that after it goes.

Braces in a value are not expanded (`bot.domain.asking.permutations`). What a name, a ratio, a size
or a quality means is the catalogue's to say; numbers and formats are held here to what the API
takes.
"""

from bot.domain.flags.errors import (
    FlagError,
    FlagRepeated,
    FlagTakesNoValue,
    FlagValueMissing,
    FlagValueNotTaken,
    FlagValueUnclosed,
    OptionFlagConflict,
    UnknownFlag,
)
from bot.domain.flags.flag import Flag, Options, Value
from bot.domain.flags.merging import merge
from bot.domain.flags.parsing import (
    HIGHEST_GUIDANCE,
    HIGHEST_LORA_STRENGTH,
    ParsedPrompt,
    parse_prompt,
)
from bot.domain.flags.rendering import render_flags

__all__ = [
    "HIGHEST_GUIDANCE",
    "HIGHEST_LORA_STRENGTH",
    "Flag",
    "FlagError",
    "FlagRepeated",
    "FlagTakesNoValue",
    "FlagValueMissing",
    "FlagValueNotTaken",
    "FlagValueUnclosed",
    "OptionFlagConflict",
    "Options",
    "ParsedPrompt",
    "UnknownFlag",
    "Value",
    "merge",
    "parse_prompt",
    "render_flags",
]
