"""Tables: listings, their moves, and waivers."""
