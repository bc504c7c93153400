"""Tables of assessors' competence."""
