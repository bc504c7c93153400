"""Tables: versions of codes of conduct."""
