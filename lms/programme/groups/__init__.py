"""Groups of PAs who learn together, and how far each group is."""
