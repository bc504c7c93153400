"""Tables of paper."""
