"""What answers say in figures: pure, so that every formula is tested by itself."""
