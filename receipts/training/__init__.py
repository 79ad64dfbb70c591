"""Fits the learned confidence of a reading (docs/adr/0009). Needs the extra `train`:
imported by the command and the tests alone, never where receipts are read."""
