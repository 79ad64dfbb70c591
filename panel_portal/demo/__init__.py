"""A demo panel with people, and receipts that we render ourselves."""
