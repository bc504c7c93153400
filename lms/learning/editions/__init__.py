"""The edition of each module that an enrolment keeps, and the move to a newer one."""
