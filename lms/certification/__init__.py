"""What is awarded: certificates issued by rule, frozen at issue, and the public page that checks them."""
