"""A stand-in for the API's prompt enhancing: the same words, and what a good picture wants."""

LONGEST_KEPT_CHARACTERS = 400
"""The enhanced prompt travels URL-encoded in a header, whose length clients limit."""

FINISHING_TOUCHES = (
    "soft natural light, layered depth, a calm balanced composition, rich harmonious colour"
)


def enhanced(prompt: str) -> str:
    """The prompt, rewritten."""
    return f"{prompt[:LONGEST_KEPT_CHARACTERS].strip()}, {FINISHING_TOUCHES}"
