"""The keys certificates are sealed with: one for each authority and purpose, new ones beside the old."""
