"""What learners have shown of each outcome of a module: how, when, and who judged it."""
