"""Tables of one-time links."""
