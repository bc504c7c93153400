"""Reports for a committee: figures frozen under a number, small numbers kept back in what goes out."""
