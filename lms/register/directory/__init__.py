"""A simple register for authorities that have none: profiles, search and contact."""
