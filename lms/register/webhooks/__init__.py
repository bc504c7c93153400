"""Notifications to other systems when the feed has something new."""
