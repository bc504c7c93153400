"""Tables of sign-off."""
