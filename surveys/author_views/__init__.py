"""The survey author's pages, by subject."""
