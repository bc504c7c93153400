"""One-time links: an employer or witness answers without an account."""
