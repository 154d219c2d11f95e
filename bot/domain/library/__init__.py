"""Finding pictures again: pages, words, lineage."""
