"""Certificates as Open Badges 3.0 credentials that a machine can check, with status lists and keys anyone can read."""
