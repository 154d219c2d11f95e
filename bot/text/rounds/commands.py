"""Descriptions of `/style round`, as Discord's picker shows them."""

from bot.text.words import N_

ROUND = N_("Rounds: members propose styles and vote on them")
ROUND_OPEN = N_("Open a round in this channel; for those who manage the server")
ROUND_THEME = N_("What the styles are for, such as winter nights")
ROUND_PROPOSAL_DAYS = N_("How many days members may propose")
ROUND_VOTE_DAYS = N_("How many days members may vote")
ROUND_WINNERS = N_("How many styles win")
ROUND_WEEKS = N_("For how many weeks the winners are styles of this server")
ROUND_WAY = N_("How members vote; as many as they like, unless you say otherwise")
ROUND_DEFAULT = N_("Make the first winner this channel's default style")
ROUND_PROPOSE = N_("Propose a style in this channel's round")
ROUND_EXAMPLE = N_("A picture of yours, or a link to it; without one, the bot paints one")
ROUND_VOTE = N_("Fill in your ballot; shown only to you")
ROUND_SHOW = N_("This channel's round; shown only to you")
ROUND_WITHDRAW = N_("Take back a style that you have proposed")
ROUND_WITHDRAW_NAME = N_("Which style")
ROUND_CLOSE = N_("End the present phase now; for those who manage the server")
ROUND_CANCEL = N_("End the round without a result; for those who manage the server")
