"""What an authority sets for itself: how it looks, who holds which role, and who can see what."""
