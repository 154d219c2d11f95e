"""Votes on pictures: what a vote counts for, how much, and in which tallies."""
