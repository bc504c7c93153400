"""Tables: links between records of one person."""
