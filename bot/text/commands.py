"""Names and descriptions of the commands and their options, as Discord's picker shows them.

Names stay English in every language, so that a command written in a message works for all.
"""

from bot.text.words import N_

IMAGINE = N_("Paint a picture from a prompt")
IMAGINE_PROMPT = N_("What you would like to see")
IMAGINE_MODEL = N_("Which model paints it")
IMAGINE_STYLE = N_("A style preset")
IMAGINE_ASPECT = N_("Aspect ratio, such as 16:9")
IMAGINE_SIZE = N_("Pixels such as 1280x720, or a tier such as 2K")
IMAGINE_QUALITY = N_("Quality, for models that have levels")
IMAGINE_NEGATIVE = N_("What should not be in the picture")
IMAGINE_SEED = N_("The same seed paints the same picture; 0 is random")
IMAGINE_IMAGES = N_("How many pictures, 1 to 4")
IMAGINE_PRIVATE = N_("Show the result only to you")
QUOTA = N_("What you have left today, and when it resets")
