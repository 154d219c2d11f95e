"""A subtle variation: an edit that asks for the same picture with small things changed."""

_ASKED = (
    "Make a subtle variation of this picture: keep its subject, composition, colours and style, "
    "and change only small details."
)
_PAINTED_FROM = " It was painted from this description: "
_LEAST_QUOTED = 20
"""A shorter piece of a description says too little to be worth quoting."""


def variation_prompt(description: str, *, limit: int) -> str:
    """What an edit model is asked, in at most `limit` characters, with the picture's own prompt.

    A prompt too long is cut: the model sees the picture itself. A variation is varied by the
    words that it was made by.
    """
    description = " ".join(description.split())
    if description.startswith(_ASKED):
        return description[:limit]
    room = limit - len(_ASKED) - len(_PAINTED_FROM)
    if not description or room < min(_LEAST_QUOTED, len(description)):
        return _ASKED
    return f"{_ASKED}{_PAINTED_FROM}{description[:room]}"
