"""Decisions: what was made of the evidence for each criterion, by whom, and whether it counts."""
