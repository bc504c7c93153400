"""How much people may write about what they saw. What they wrote is cleaned by lms.core.spelling."""

LONGEST_SEEN = 4000
LONGEST_FEEDBACK = 2000
