"""What can be wrong with flags.

FlagError
├── UnknownFlag             there is no flag of that name
├── FlagRepeated            it stands there twice
├── FlagValueMissing        it takes a value, and none follows
├── FlagValueUnclosed       its value begins with a quotation mark that is not closed
├── FlagValueNotTaken       it takes no such value
├── FlagTakesNoValue        it is on or off, and a value follows after `=`
└── OptionFlagConflict      the command's option says something else
"""

from dataclasses import dataclass

from bot.domain.errors import MemberError
from bot.domain.flags.flag import Flag, Value


class FlagError(MemberError):
    """A flag in the prompt cannot be understood."""


@dataclass(eq=False)
class UnknownFlag(FlagError):
    """No flag of that name, which is as it was typed, without dashes; `nearest` are the closest."""

    name: str
    nearest: tuple[Flag, ...] = ()


@dataclass(eq=False)
class FlagRepeated(FlagError):
    """A flag that was given twice, be it with the same value."""

    flag: Flag


@dataclass(eq=False)
class FlagValueMissing(FlagError):
    """A flag that takes a value stands without one."""

    flag: Flag


@dataclass(eq=False)
class FlagValueUnclosed(FlagError):
    """A value's quotation mark is not closed, or something other than a blank follows it."""

    flag: Flag
    got: str


@dataclass(eq=False)
class FlagValueNotTaken(FlagError):
    """Not a number or a format, or not one that the API takes."""

    flag: Flag
    got: str


@dataclass(eq=False)
class FlagTakesNoValue(FlagError):
    """A flag that is on by standing there was given a value."""

    flag: Flag


@dataclass(eq=False)
class OptionFlagConflict(FlagError):
    """The command's option and the flag in the prompt say different things."""

    flag: Flag
    by_option: Value
    by_flag: Value
