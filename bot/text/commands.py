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

IMAGINE_PRESET = N_("One of your presets; what you give here counts more")

HISTORY = N_("The pictures you asked for, private ones too; shown only to you")
GALLERY = N_("The pictures of this server")
GALLERY_ORDER = N_("Which pictures come first")
FILTER_MODEL = N_("Only pictures of this model")
FILTER_STYLE = N_("Only pictures of this style")
FILTER_TEXT = N_("Only pictures whose prompts have these words")

MODELS = N_("The models that paint: prices, sizes, privacy")
MODELS_TEXT = N_("Only models whose names have these words")
MODELS_PRIVACY = N_("Only models that treat prompts this way")
MODELS_HONOURS = N_("Only models on which this option is sure to have an effect")
STYLES = N_("The style presets that there are")
STYLES_TEXT = N_("Only styles whose names have these words")

PRESET = N_("Your presets: named sets of options")
PRESET_SAVE = N_("Save options under a name, in place of a preset of the same name")
PRESET_USE = N_("Paint by one of your presets")
PRESET_LIST = N_("Your presets; shown only to you")
PRESET_DELETE = N_("Delete one of your presets")
PRESET_NAME = N_("The name of the preset")
PRESET_PROMPT = N_("A prompt; the word prompt in braces stands for what you type later")
PRESET_TYPED = N_("What you would like to see, beside what the preset says")

DEFAULTS = N_("What counts where a prompt says nothing else")
DEFAULTS_SHOW = N_("The defaults that count for you here")
DEFAULTS_SET = N_("Set defaults for yourself, or, as a manager, for this channel or server")
DEFAULTS_CLEAR = N_("Clear defaults, all of them or one")
DEFAULTS_SCOPE = N_("For whom; you, unless you say otherwise")
DEFAULTS_OPTION = N_("Which one; all, unless you say otherwise")
DEFAULTS_WATERMARK = N_("Ask the image service for pictures without a watermark; a server's alone")
DEFAULTS_EXIF = N_("Keep model and prompt within the picture files; a server's alone")

OPTION_MODEL = N_("The model")
OPTION_STYLE = N_("The style preset")
OPTION_ASPECT = N_("The aspect ratio, such as 16:9")
OPTION_SIZE = N_("The size: pixels such as 1280x720, or a tier such as 2K")
OPTION_QUALITY = N_("The quality, for models that have levels")
OPTION_NEGATIVE = N_("What should not be in pictures")
OPTION_SEED = N_("The seed; 0 is random")
OPTION_IMAGES = N_("How many pictures")
OPTION_FORMAT = N_("The file format of the pictures")
OPTION_PRIVATE = N_("Whether results are shown only to you")

HELP = N_("What the bot can do for you here")
SURPRISE = N_("Start from a prompt that you did not think of")
