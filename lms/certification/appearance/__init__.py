"""How an authority's certificates look: who signs them, its logo, its languages."""
