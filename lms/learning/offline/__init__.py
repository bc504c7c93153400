"""Study with no signal: what a phone keeps, and how what was done there reaches the server."""
