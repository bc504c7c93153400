"""Grids: one learner against all criteria, one cohort against all standards."""
