"""The desk of those who read what learners write: who may, what waits, and saying what one thinks of it."""
