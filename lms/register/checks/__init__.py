"""Checks held as facts only: disclosures, references, identity, the right to work."""
