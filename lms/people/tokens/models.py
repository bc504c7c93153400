"""Tables: tokens of systems."""
