"""Tables: editions written in the browser."""
