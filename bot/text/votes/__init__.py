"""The words of votes, leaderboards and a server's styles."""
