"""Which money meets which cost of somebody's training: who said so, when, and that no cost is met twice."""
