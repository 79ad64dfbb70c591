"""Receipts of pharmacies, clinics and card slips that we draw, with their truth.

They measure what screening finds (docs/screening.md). Layouts and words are written
from what such paper looks like; none of it comes from the recognisers, and nothing here
may import them (tests/benchmarks/test_pharmacy.py holds that).
"""
