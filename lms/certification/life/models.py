"""The tables of what happened to certificates after their issue."""
