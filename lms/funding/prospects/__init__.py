"""What each training could get, kept up to date, so that a country can be looked at."""
