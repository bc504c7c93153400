"""The tables of the check page."""
