"""What moderators decide: held pictures, reports, strikes, and the log of it."""
