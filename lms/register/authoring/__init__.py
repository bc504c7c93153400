"""Editions of register rules that an authority writes in the browser, on top of those on the shelf."""
