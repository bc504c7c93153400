"""Who is who: persons, organisations, roles for a period, employment, invitations and signing in."""
