"""Study on paper as those see it who print for a learner and enter what the learner wrote."""
