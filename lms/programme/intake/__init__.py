"""Lists of people as spreadsheets save them: read by their bytes, refused with how to save them anew."""
