"""Written answers and activities: finished, read with a lease, sent back with a comment."""
