"""Results for authors and analysts, and the check of held responses."""
