"""Before a change of rules is published: who would gain, who would lose, and telling them."""
