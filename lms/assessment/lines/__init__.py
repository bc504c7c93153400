"""Lines of frameworks that administrators look up in the official documents: confirmed or corrected."""
