"""Sign-off: a unit whose every criterion is met is closed by a declaration, and opened again by a withdrawal."""
