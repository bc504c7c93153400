"""Who may act for an individual employer, for what, until when; and every use of it."""
