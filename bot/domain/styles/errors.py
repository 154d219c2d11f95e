"""What can be wrong about a server's styles. Nothing could have been charged."""

from dataclasses import dataclass

from bot.domain.errors import KeepingError


class StyleError(KeepingError):
    """About a server's styles."""


@dataclass(eq=False)
class StyleNameWrong(StyleError):
    """A style's name is empty or too long."""

    limit: int


@dataclass(eq=False)
class StyleExists(StyleError):
    """There is a style of that name, the server's or the image service's."""

    name: str


@dataclass(eq=False)
class StyleUnknown(StyleError):
    """The server has no style of that name; `nearest` are the closest names."""

    name: str
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class StyleRetired(StyleError):
    """The style is not offered any more."""

    name: str


@dataclass(eq=False)
class StyleModelGone(StyleError):
    """The model that a style is painted with cannot be asked for any more."""

    name: str
    model: str


@dataclass(eq=False)
class StylesFull(StyleError):
    """The server has as many styles as any server may have."""

    limit: int


@dataclass(eq=False)
class StyleMerged(StyleError):
    """The style was merged into another, which its name means by now."""

    name: str


@dataclass(eq=False)
class StyleOfAnother(StyleError):
    """Only its author, or who manages the server, may say what the style looks like."""

    name: str


@dataclass(eq=False)
class MergeIntoItself(StyleError):
    """The style to be merged is the one that it would be merged into."""

    name: str


@dataclass(eq=False)
class MergeIntoRetired(StyleError):
    """An offered style would become a retired one."""

    name: str
    into: str


@dataclass(eq=False)
class MergeIntoUnpaintable(StyleError):
    """An offered style would become one whose model cannot be asked for any more."""

    name: str
    into: str


@dataclass(eq=False)
class MergesFull(StyleError):
    """As many styles of the server were merged as may be of any."""

    limit: int


@dataclass(eq=False)
class ReferencesFull(StyleError):
    """The style has as many reference pictures as any style may have."""

    limit: int


@dataclass(eq=False)
class ServerReferencesFull(StyleError):
    """The styles of the server have as many reference pictures together as they may have."""

    limit: int


class ReferenceThere(StyleError):
    """The style has this very picture."""


@dataclass(eq=False)
class NoSuchReference(StyleError):
    """The style has no reference picture of that number; `count` is how many it has."""

    number: int
    count: int


class TemplateWithoutPrompt(StyleError):
    """A template does not say where the prompt goes."""


class TemplateBraces(StyleError):
    """A template has braces that are neither of its placeholders."""


@dataclass(eq=False)
class TemplateTooLong(StyleError):
    """A template is too long."""

    limit: int


class StyleFileWrong(StyleError):
    """A file is not one that styles were exported to."""
