"""Records of claims: kept as long as their scheme says, longer under a hold, then cleared with their sums kept."""
