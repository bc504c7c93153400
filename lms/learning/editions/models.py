"""Tables of editions."""
