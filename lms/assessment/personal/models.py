"""Tables of sign-offs for one person."""
