"""Tables of prior."""
