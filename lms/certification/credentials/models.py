"""The tables of credentials and their status lists."""
