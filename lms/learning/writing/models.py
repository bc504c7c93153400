"""Tables of writing."""
