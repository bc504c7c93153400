"""Certificates for a whole cohort: first who will get one and why not, then the work, then one file."""
