"""Which styles do best: for which kinds of prompts, on which models, over time."""
