"""Tables: where notifications go, and how each went."""
