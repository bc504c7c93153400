"""Write payments. The doors pages use; each part stands in its own file. Services flush, views commit."""

from lms.funding.paying.by_hand import give_back, receive, settle_difference
from lms.funding.paying.confirming import confirm, decide, drop
from lms.funding.paying.uploading import map_columns, upload

__all__ = ["confirm", "decide", "drop", "give_back", "map_columns", "receive", "settle_difference", "upload"]
