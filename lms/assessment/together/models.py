"""Tables of sitting together."""
