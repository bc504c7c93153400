"""`make bench`: a synthetic country is loaded, each page and job is driven, and what they cost is printed."""
