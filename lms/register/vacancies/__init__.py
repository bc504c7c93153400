"""Vacancies that employers post on a simple register."""
