"""Letters that look like a Latin one, by hand from Unicode's charts (compare UTS #39).

What Unicode itself calls a form of a letter (wide, circled, mathematical, with marks) is not here:
its compatibility decomposition says so.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

_BY_LETTER: Mapping[str, str] = MappingProxyType(
    {
        "a": "аαɑᴀꭺ∀ᗅⱥɐ",
        "b": "вьβʙᏴᗷƀɓᵬ",
        "c": "сϲᴄⅽᏟꮯⲥ¢ƈȼɔ",
        "d": "ԁᴅⅾᎠꭰɖɗđ₫",
        "e": "еεєᴇꭼᎬ℮ⱸɇəǝ€ҽ",
        "f": "ϝꜰᖴƒẝғ",
        "g": "ɡɢցᏀꮐǥɠ",
        "h": "нһʜհᎻꮋħɦ♓",
        "i": "іιıɪӏӀΙⅰᎥꭵɨǀ",
        "j": "јϳᴊᎫꭻʝɉ",
        "k": "кκᴋᏦꮶƙҝ₭",
        "l": "ʟⅼᏞꮮłƚɭ£",
        "m": "мᴍⅿᎷꮇɱ",
        "n": "ոпηɴռᴎƞɲ",
        "o": "оοσօᴏᎾ๐ꭴⲟ○●◯☯ø",
        "p": "рρᴘᏢꮲƥþ₱",
        "q": "ԛզգɋ",
        "r": "гᴦʀᏒꭱɍɾя®",
        "s": "ѕꜱᏚꮪʂƨ§",
        "t": "тτᴛᎢꭲŧƭ†",
        "u": "υսᴜʋцʊᑌ",
        "v": "ѵνᴠⅴᏙꮩ√∨",
        "w": "ԝωᴡшщᎳꮃѡ₩",
        "x": "хχⅹ×᙭ᚷ✗✘",
        "y": "уүγʏყɏƴ¥",
        "z": "ᴢᏃꮓƶʐ",
    }
)

_ROWS_OF_26 = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
"""Squared and circled capitals that have no decomposition, and the letters that make flags."""


def look_alikes() -> Iterator[tuple[str, str]]:
    """Each look-alike with the letter that it looks like, both in lower case."""
    for letter, others in _BY_LETTER.items():
        for other in map(str.casefold, others):
            if not other.isascii():
                yield other, letter
    for start in _ROWS_OF_26:
        for offset in range(26):
            yield chr(start + offset), chr(ord("a") + offset)
