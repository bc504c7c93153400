"""Knowledge of a framework, line by line: untouched, studied or shown, and what still has to be seen at work."""
