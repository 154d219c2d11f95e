"""The words of `/imagine` and its options, before anything is painted."""
