"""From the page that was frozen at issue to a tagged, sealed PDF."""
