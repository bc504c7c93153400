"""Who pays for training: schemes as authored rules, verdicts with reasons, and the claims opened from them."""
