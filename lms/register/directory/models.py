"""Tables: profiles, searches and messages."""
