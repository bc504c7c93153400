"""The tables of workshops."""
