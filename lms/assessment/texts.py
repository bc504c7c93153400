"""How much people may write about what they saw. What they wrote is cleaned by lms.core.spelling."""

LONGEST_SEEN = 4000
LONGEST_FEEDBACK = 2000
LONGEST_ASKED = 2000
LONGEST_REASON = 2000
LONGEST_PRESENCE = 200
LONGEST_NAME = 160
