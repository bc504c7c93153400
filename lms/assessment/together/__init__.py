"""Assessor and PA on one phone, handed over and back."""
