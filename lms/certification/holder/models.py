"""The tables of what holders share."""
