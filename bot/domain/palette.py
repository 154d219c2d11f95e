"""The colours of messages and of charts, as 0xRRGGBB."""

CANAL = 0x2E8B8B
LANTERN = 0xE0A030
BRICK = 0xC0503C

NIGHT = 0x16232C
"""What charts are drawn on: darker than Discord's dark theme, and a frame in its light one."""

CHALK = 0xEAF1F2
"""Titles and values on it."""

MIST = 0xA3B6BD
"""Labels that say less."""

RIPPLE = 0x2B3C47
"""Lines that only guide the eye, and what is empty."""

SERIES = (0x3FB8AF, 0xF2B544, 0xE27D60, 0x8F9BEB, 0x9CCB6B)
"""Series side by side: apart in lightness too, for eyes that mix up red and green."""

OTHERS = 0x6F828B
"""What is left when the largest have colours of their own."""
