"""Visits without a signal: observations and draft decisions made in the phone's browser and sent later."""
