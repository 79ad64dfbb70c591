"""The language of conditions, its sentences, and the path tester."""
