"""How long an authority keeps what its people wrote down about contacts, call-backs and alerts, and the end of it."""
