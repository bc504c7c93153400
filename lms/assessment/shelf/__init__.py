"""How frameworks, sections, crosswalk and corrections are written down and loaded."""
