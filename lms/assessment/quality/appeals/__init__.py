"""Appeals: a learner thinks a decision is wrong, and somebody who did not make it looks again."""
