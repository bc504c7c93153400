"""The same PA registered twice: two records read as one, and undone."""
