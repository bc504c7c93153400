"""Tables: entries of the feed, and what PAs agreed to."""
