"""Descriptions of `/contest` and `/server starboard`, as Discord's picker shows them."""

from bot.text.words import N_

STARBOARD = N_("Show the pictures that members like best once more, in a channel of their own")
STARBOARD_CHANNEL = N_("The channel; without one, the starboard is off")
STARBOARD_THRESHOLD = N_("How many votes a picture needs; 3, unless you say otherwise")

CONTEST = N_("Contests: enter your pictures, vote, win")
CONTEST_OPEN = N_("Open a contest; for those who manage the server")
CONTEST_THEME = N_("What it is about")
CONTEST_WORDS = N_("Words that the prompt must have, with commas between them; at most 5")
CONTEST_CHANNEL = N_("Where it stands; this channel, unless you say otherwise")
CONTEST_SUBMIT_HOURS = N_("For how many hours pictures are entered; 48, unless you say otherwise")
CONTEST_VOTE_HOURS = N_("For how many hours members vote then; 24, unless you say otherwise")
CONTEST_ENTRIES = N_("How many pictures a member may enter; 1, unless you say otherwise")
CONTEST_PRIZE_IMAGES = N_("How many extra images a winner gets")
CONTEST_PRIZE_DOLLARS = N_("How many extra dollars a winner gets")
CONTEST_PRIZE_DAYS = N_("For how many days a winner has them; 30, unless you say otherwise")
CONTEST_SHOW = N_("How the contest stands, and your entries; shown only to you")
CONTEST_CLOSE = N_("End the entries, or the voting, now; for those who manage the server")
CONTEST_CANCEL = N_("End the contest without winners; for those who manage the server")
CONTEST_WITHDRAW = N_("Take a picture of yours out, until the voting starts")
CONTEST_WITHDRAW_ENTRY = N_("Which of your entries")
