"""Standardisation meetings: assessors agree on what is enough, and who was there stands in the record."""
