"""A coordinator's own messages: templates, whom one reaches and why not the others, sent a few at a time."""
