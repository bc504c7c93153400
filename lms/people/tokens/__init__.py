"""Tokens by which other systems of an authority ask for what they may see."""
