"""Reads what is taught from its files: lessons, questions, pictures, recordings, words, and what to look at in them."""
