"""Tables of offline."""
