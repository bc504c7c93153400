"""What every room stands on: database, facts, waiting work, authored content, settings and languages."""
