"""What is forbidden everywhere, and no server can allow: sexual content with minors.

Discord's Community Guidelines and the image API's terms forbid it in any form, drawn and written
too. A few words say it by themselves. Otherwise a word for a minor, or an age below 18, has to
stand near a sexual word: each alone is innocent. Both are seen through the disguises of
`TermMatcher`.
"""

import functools
import re
from collections.abc import Iterator

from bot.domain.terms.matcher import TermMatcher
from bot.domain.terms.term import parse_term

_AT_ONCE = 12
"""Words that are looked at together."""

_STEP = 4
"""So that two words with at most eight between their starts are looked at together once."""

_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen"
)
_AGE = rf"(?:^|[^0-9a-z.])(?:[1-9]|1[0-7]|{_NUMBERS})"

_BY_ITSELF = (
    "loli, lolis, lolicon, shotacon, toddlercon, csam, jailbait, child porn, child pornography, "
    "child erotica, child sex, kiddie porn, kiddy porn, pedo porn, pedophilia, paedophilia, "
    "underage porn, underage sex, teen porn, kinderporno, kinderpornografie, kindersex"
)
_MINORS = (
    "child, children, kid, kids, toddler, toddlers, infant, infants, newborn, newborns, preteen, "
    "preteens, tween, tweens, teen, teens, teenage, teenager, teenagers, underage, underaged, "
    "minors, schoolgirl, schoolgirls, schoolboy, schoolboys, school girl, school boy, "
    "little girl, little girls, little boy, little boys, young girl, young girls, young boy, "
    "young boys, preschooler, preschoolers, kindergartner, prepubescent, pubescent, "
    "kinder, kleines mädchen, kleine mädchen, kleiner junge, kleine jungen, minderjährig*, "
    "jugendliche*, schulmädchen, schuljunge, säugling, kleinkind, kleinkinder"
)
_AGES = (
    rf"/{_AGE}[\s-]*(?:years?|yrs?|yr)[\s-]*olds?\b/",
    rf"/{_AGE}[\s-]*y[./]?o\b/",
    rf"/\bage[ds]?(?:\s+of)?[\s:]+(?:[1-9]|1[0-7]|{_NUMBERS})(?:[^0-9a-z]|$)/",
    rf"/{_AGE}[\s-]*(?:jahre[\s-]+alt|jährige?[rsnm]?)(?:\PL|$)/",
)
_SEXUAL = (
    "nude, nudes, nudity, naked, nsfw, sexy, sexual, sexually, sexualized, sexualised, erotic, "
    "erotica, erotically, hentai, porn, porno, pornographic, pornography, lewd, topless, "
    "bottomless, lingerie, panties, seductive, seductively, aroused, horny, orgasm, masturbat*, "
    "genitals, genitalia, penis, vagina, vulva, blowjob, handjob, cumshot, creampie, having sex, "
    "sex with, sex scene, sex act, intercourse, undressed, undressing, fetish, bdsm, deepthroat, "
    "nackt, nackte, nackter, nackten, nacktes, erotisch*, sexuell*, pornografisch*"
)
_INNOCENT = re.compile(
    r"\bnaked[\s-]+(?:eyes?|truth|mole[\s-]*rats?|ambition|flames?)\b"
    r"|\bnude[\s-]+(?:tones?|colou?rs?|palette|lipstick|heels|shades?|shoes|beige)\b"
    r"|\b(?:no|without|zero|not|non)[\s-]+(?:nudity|nude|nsfw|sexual)\b",
    re.IGNORECASE,
)
"""Where a sexual word is none."""


def _matcher_of(words: str, *patterns: str) -> TermMatcher:
    return TermMatcher(parse_term(term) for term in (*words.split(","), *patterns))


@functools.cache
def _matchers() -> tuple[TermMatcher, TermMatcher, TermMatcher]:
    return _matcher_of(_BY_ITSELF), _matcher_of(_MINORS, *_AGES), _matcher_of(_SEXUAL)


@functools.lru_cache(maxsize=1_024)
def is_always_forbidden(text: str) -> bool:
    """Whether a prompt asks for what Discord and the image API forbid everywhere."""
    by_itself, minors, sexual = _matchers()
    if by_itself.first(text) is not None:
        return True
    told = _INNOCENT.sub(" ", text)
    if sexual.first(told) is None or minors.first(told) is None:
        return False
    return any(
        sexual.first(part) is not None and minors.first(part) is not None for part in _parts(told)
    )


def _parts(text: str) -> Iterator[str]:
    """The text in parts that overlap."""
    words = text.split()
    for start in range(0, max(1, len(words) - _AT_ONCE + _STEP), _STEP):
        yield " ".join(words[start : start + _AT_ONCE])
