"""Getting training paid, as an employer sees it: six questions, and an application to accept."""
