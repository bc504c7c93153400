"""The tables of how an authority's certificates look."""
