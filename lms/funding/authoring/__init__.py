"""Schemes as their managers write them: next year's edition, confirmed figures, what an authority counts."""
