"""What each assessor may judge, since when, until when, and on what basis; and who is too close to decide."""
