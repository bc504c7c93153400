"""What a change of rules would do: who would gain, who would lose and why; and those affected are told of it."""
