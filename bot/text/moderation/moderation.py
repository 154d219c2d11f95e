"""The words of `/moderation terms`."""

from collections.abc import Sequence

from babel.numbers import format_decimal

from bot.domain.terms import Disguise, Term, TermFound
from bot.domain.terms.listed import ListedTerm, TermTest
from bot.text.quoting import as_code
from bot.text.words import N_, Words

TERMS_SHOWN = 40

_HOW: dict[Disguise, str] = {
    Disguise.NONE: N_("as it stands"),
    Disguise.SPELLING: N_("in another spelling"),
    Disguise.SPACING: N_("with its letters apart"),
    Disguise.PATTERN: N_("by a pattern"),
}


def term_added(term: Term, words: Words, *, is_new: bool) -> str:
    """That a term is blocked."""
    shown = as_code(term.as_typed)
    if not is_new:
        return words("{term} is on the list already.", term=shown)
    return words("{term} is blocked from now on.", term=shown)


def term_removed(term: Term, words: Words) -> str:
    """That a term is blocked no more."""
    return words("{term} is no longer blocked.", term=as_code(term.as_typed))


def terms_imported(count: int, words: Words) -> str:
    """How many terms a file has brought."""
    return words.plural(
        "{count} term is new on the list.", "{count} terms are new on the list.", count
    )


def terms_exported(words: Words) -> str:
    """What is in the file."""
    return words("The whole list, as `/moderation terms import` reads it:")


def term_lines(terms: Sequence[ListedTerm], words: Words) -> str:
    """The terms by language, as many as a message holds."""
    if not terms:
        return words(
            "No terms are blocked here. `/moderation terms add` blocks the first; what is "
            "forbidden everywhere is so anyway."
        )
    in_order = sorted(terms, key=lambda each: (each.term.language or "", each.term.as_typed))
    shown = ", ".join(as_code(each.term.as_typed) for each in in_order[:TERMS_SHOWN])
    if len(terms) <= TERMS_SHOWN:
        return shown
    rest = words(
        "{shown} of {count}; `/moderation terms export` has them all.",
        shown=TERMS_SHOWN,
        count=format_decimal(len(terms), locale=words.locale),
    )
    return f"{shown}\n{rest}"


def term_test_lines(test: TermTest, words: Words) -> str:
    """What of a text would be refused, and why."""
    lines = [_found(found, words) for found in test.found[:10]]
    if test.always_forbidden:
        lines.append(words("It is forbidden everywhere, and would be refused without any list."))
    return "\n".join(lines) or words("Nothing is found: this prompt would be let through.")


def _found(found: TermFound, words: Words) -> str:
    return words(
        "{term} is found in {text}, {how}.",
        term=as_code(found.term.as_typed),
        text=as_code(found.text),
        how=words(_HOW[found.disguise]),
    )
