"""A file somebody drops on the check page: is it the one we issued, to the byte; and if not, what is the matter."""
