"""Who comes first: by votes, by battles, by ballots."""
