"""Events: workshops and peer groups with places, a waiting list, who was there, and calendars."""
