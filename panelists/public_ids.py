"""Identifiers that may stand in an address: random, so that none can be guessed."""

from django.utils.crypto import get_random_string

# No vowels: no words. No 0/o or 1/l: a person may have to read one aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 16


def new_public_id() -> str:
    """Sixteen characters, 76 bits: unguessable, and short enough to read aloud."""
    return get_random_string(LENGTH, ALPHABET)
