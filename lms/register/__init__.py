"""Who may be listed on an authority's register, what is missing, until when that holds, and why."""
