"""What authors need to keep content right: reports, ratings, item analysis, corrected keys, import and export."""
