"""Tables of self-assessment."""
