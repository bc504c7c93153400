"""Asking for an assessor, and finding one who is competent, near and free."""
