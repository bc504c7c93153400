"""Sign-offs for one person: how this PA supports this person with one task. They never count elsewhere."""
