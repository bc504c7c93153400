"""Tables of asking for an assessor."""
