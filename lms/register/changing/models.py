"""Tables: what was worked out before a change."""
