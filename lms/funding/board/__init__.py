"""The coordinator's board: age, deadlines, money at risk, statements and audit files."""
