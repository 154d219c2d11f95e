"""The lists of blocked terms, as moderators keep them."""

import asyncio
from collections.abc import Sequence

from bot.domain.errors import NoServerHere
from bot.domain.ids import GuildId
from bot.domain.moderation.audit import Act
from bot.domain.moderation.errors import TermFileWrong, TermLineWrong, TermNotListed
from bot.domain.terms import Term, TermError, check_count, parse_term
from bot.domain.terms.always_forbidden import is_always_forbidden
from bot.domain.terms.listed import ListedTerm, TermTest
from bot.services.asking.plans import Place
from bot.services.gate.policy_book import PolicyBook
from bot.services.moderation.auditing import write_down
from bot.services.ports import Clock

FILE_LIMIT_BYTES = 2_000_000
"""Ten thousand terms of a hundred characters, in scripts of two bytes each."""

_COMMENT = "#"


class TermListService:
    """A server's list of blocked terms."""

    def __init__(self, book: PolicyBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def all(self, guild_id: GuildId | None) -> Sequence[ListedTerm]:
        """A server's terms in the order in which they were added.

        Raises:
            NoServerHere: in direct messages.
        """
        return self._book.of_guild(_server(guild_id)).terms

    def test(self, guild_id: GuildId | None, text: str) -> TermTest:
        """What of a text would be refused, and why.

        Raises:
            NoServerHere: in direct messages.
        """
        matcher = self._book.of_guild(_server(guild_id)).matcher
        return TermTest(tuple(matcher.find(text)), is_always_forbidden(text))

    async def add(self, term: Term, place: Place) -> bool:
        """Block a term; False if it was on the list already.

        Raises:
            TooManyTerms: if the list is full.
        """
        return await self._add([term], place, Act.TERM_ADDED, term.text) == 1

    async def add_all(self, terms: Sequence[Term], place: Place) -> int:
        """Block many terms, all or none, and say how many are new.

        Raises:
            TooManyTerms: if the list would be too long.
        """
        return await self._add(terms, place, Act.TERMS_IMPORTED, f"{len(terms)} terms")

    async def remove(self, text: str, place: Place) -> Term:
        """Take a term off the list.

        Raises:
            TermNotListed: if it is not there.
        """
        guild_id = place.server
        term = self._find(guild_id, text)
        now = self._clock.now()
        async with self._book.changing() as tx:
            if not await tx.terms.remove(guild_id, [term]):
                raise TermNotListed(text)
            await write_down(tx, place, Act.TERM_REMOVED, term.text, now=now)
        return term

    def suggest(self, guild_id: GuildId | None, typed: str, *, limit: int) -> list[str]:
        """Listed terms that hold what was typed, as they are typed."""
        listed = self._book.of_guild(guild_id).terms
        wanted = typed.strip().casefold()
        typed_terms = (each.term.as_typed for each in listed)
        return sorted(term for term in typed_terms if wanted in term.casefold())[:limit]

    def _find(self, guild_id: GuildId, text: str) -> Term:
        wanted = " ".join(text.split()).casefold()
        for listed in self._book.of_guild(guild_id).terms:
            if listed.term.as_typed.casefold() == wanted:
                return listed.term
        raise TermNotListed(text)

    async def _add(self, terms: Sequence[Term], place: Place, act: Act, subject: str) -> int:
        guild_id, now = place.server, self._clock.now()
        async with self._book.changing() as tx:
            account = await tx.members.account_of(place.user_id, place.guild_id)
            listed = [ListedTerm(term, account, now) for term in terms]
            added = await tx.terms.add(guild_id, listed)
            # Afterwards, for what is there already does not count twice; raising undoes it.
            check_count(await tx.terms.count(guild_id))
            if added:
                await write_down(tx, place, act, subject, now=now, detail=f"{added} new")
        return added


async def read_list(content: bytes, *, language: str | None) -> list[Term]:
    """The terms of a text file, one a line; empty lines and those that begin with `#` are none.

    Raises:
        TermFileWrong: if it has more than two megabytes, or is no text.
        TermLineWrong: if a line is no term.
        TooManyTerms: if there are more than a server may have.
    """
    if len(content) > FILE_LIMIT_BYTES:
        raise TermFileWrong(FILE_LIMIT_BYTES // 1_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TermFileWrong(FILE_LIMIT_BYTES // 1_000) from None
    lines = [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.lstrip().startswith(_COMMENT)
    ]
    check_count(len(lines))
    return await asyncio.to_thread(_parsed, lines, language)


def written_list(terms: Sequence[ListedTerm]) -> bytes:
    """A list as the text file that can be read again."""
    return "".join(f"{listed.term.as_typed}\n" for listed in terms).encode()


def _parsed(lines: Sequence[tuple[int, str]], language: str | None) -> list[Term]:
    terms = []
    for number, line in lines:
        try:
            terms.append(parse_term(line, language=language))
        except TermError:
            raise TermLineWrong(number, line[:100]) from None
    return terms


def _server(guild_id: GuildId | None) -> GuildId:
    if guild_id is None:
        raise NoServerHere
    return guild_id
