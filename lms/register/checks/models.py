"""Tables: what checks keep beside the records."""
