"""From a wish to an accepted job: read, priced, asked about, let in."""
