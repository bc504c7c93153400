"""Who is whose named contact, what was said and asked, and what points to harm."""
