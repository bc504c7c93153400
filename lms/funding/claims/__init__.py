"""Claims and applications: their lines, submission, decisions and every move they make."""
