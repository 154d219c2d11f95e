"""The words about a server's styles."""

from collections.abc import Iterable

from bot.domain.ids import GuildId
from bot.domain.styles.liked_picture import LikedPicture
from bot.domain.styles.server_style import ServerStyle, StyleEntry
from bot.domain.styles.style_file import Imported
from bot.domain.voting.vote import Tally
from bot.text.format import message_link
from bot.text.quoting import as_code, as_name
from bot.text.words import Words


def votes_line(tally: Tally) -> str:
    """The votes for and against."""
    return f"👍 {tally.ups} · 👎 {tally.downs}"


def style_notes(style: ServerStyle | None, tally: Tally, words: Words) -> list[str]:
    """What there is to say of a style beside its name: whose it is, and its votes."""
    parts = []
    # Nobody's, once its author has had everything deleted.
    if style is not None and style.author_id:
        parts.append(words("by {member}", member=f"<@{style.author_id}>"))
    if not tally.is_empty:
        parts.append(votes_line(tally))
    return [f"-# {' · '.join(parts)}"] if parts else []


def examples_line(guild_id: GuildId, pictures: Iterable[LikedPicture], words: Words) -> str:
    """The votes for the pictures that show a style, each leading to its message."""
    shown = ", ".join(_linked_votes(guild_id, each) for each in pictures)
    return words("Examples, from the left: {votes}", votes=shown)


def _linked_votes(guild_id: GuildId, picture: LikedPicture) -> str:
    votes = f"👍 {picture.tally.ups}"
    return f"[{votes}]({message_link(guild_id, picture.shown)})" if picture.shown else votes


def example_gone(words: Words) -> str:
    """In place of the example that was chosen for a style."""
    return words("The example chosen for it cannot be shown here any more.")


def strip_description(name: str, words: Words) -> str:
    """What a strip of examples shows, for who cannot see it."""
    return words("Pictures painted in the style {name}", name=name)


def style_lines(entry: StyleEntry, words: Words) -> str:
    """A style as those see it who keep the list."""
    draft, retired = entry.style.draft, entry.style.retired_at is not None
    name = f"**{as_name(draft.name)}**"
    first = words("{name}, retired", name=name) if retired else name
    if entry.style.offered_until is not None and not retired:
        until = f"<t:{int(entry.style.offered_until.timestamp())}:d>"
        first = words("{name}, until {day}", name=name, day=until)
    guided = words.plural(
        "{count} reference picture", "{count} reference pictures", entry.references
    )
    given = {"preset": draft.preset, "model": draft.model, "negative": draft.negative}
    parts = [f"{option} {as_code(value)}" for option, value in given.items() if value]
    parts += [guided] if entry.references else []
    return "\n".join(
        [
            f"{first} · {votes_line(entry.tally)}",
            f"-# {as_code(draft.template, limit=120)}",
            *([f"-# {' · '.join(parts)}"] if parts else []),
        ]
    )


def styles_heading(count: int, words: Words) -> str:
    """How many styles the server keeps."""
    return words.plural("{count} style of this server", "{count} styles of this server", count)


def no_styles(words: Words) -> str:
    """That a server has none, and how it gets one."""
    return words("This server has no style of its own yet. `/style add` makes one.")


def style_added(style: ServerStyle, words: Words) -> str:
    """That a style was added, and how it is used."""
    return words(
        "{name} is a style of this server now. Paint with {command}.",
        name=as_code(style.name),
        command=f"`/imagine style:{as_name(style.name)}`",
    )


def example_chosen(style: ServerStyle, words: Words) -> str:
    """That a style has an example."""
    return words(
        "Your picture shows what {name} looks like now; `/styles` has it. If it is deleted or "
        "hidden, a sentence takes its place.",
        name=as_code(style.name),
    )


def example_taken_away(style: ServerStyle, words: Words) -> str:
    """That a style has no chosen example."""
    return words(
        "{name} has no chosen example now. `/styles` shows those of its pictures that are liked "
        "best.",
        name=as_code(style.name),
    )


def style_renamed(former: str, style: ServerStyle, words: Words) -> str:
    """That a style has another name."""
    return words(
        "{former} is called {name} now. Its votes stay with it.",
        former=as_code(former),
        name=as_code(style.name),
    )


def style_retired(style: ServerStyle, words: Words) -> str:
    """That a style is not offered any more."""
    return words(
        "{name} is retired. It keeps its votes; `/style restore` brings it back.",
        name=as_code(style.name),
    )


def style_restored(style: ServerStyle, words: Words) -> str:
    """That a style is offered again."""
    return words("{name} is offered again.", name=as_code(style.name))


def pictures_left_out(count: int, words: Words) -> str:
    """That a file of styles has no pictures in it."""
    return words.plural(
        "{count} reference picture is not in the file; bring it where you import the styles.",
        "{count} reference pictures are not in the file; bring them where you import the styles.",
        count,
    )


def styles_imported(imported: Imported, words: Words) -> str:
    """What became of a file of styles."""
    said = [words.plural("{count} style was added.", "{count} styles were added.", imported.added)]
    if imported.skipped:
        skipped = words.plural(
            "{count} was left out, because its name is taken.",
            "{count} were left out, because their names are taken.",
            imported.skipped,
        )
        said.append(skipped)
    if imported.unguided:
        unguided = words.plural(
            "{count} of them had reference pictures, which are not in the file: "
            "`/style reference add` brings them.",
            "{count} of them had reference pictures, which are not in the file: "
            "`/style reference add` brings them.",
            imported.unguided,
        )
        said.append(unguided)
    return " ".join(said)
