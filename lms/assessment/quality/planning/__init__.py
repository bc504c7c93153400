"""What is to be sampled: the policy of an authority, and the plan that fills itself from the work that is decided."""
