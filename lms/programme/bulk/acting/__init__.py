"""What can be done for many: of each kind, who is affected, and doing it for one by the service that does it singly."""
