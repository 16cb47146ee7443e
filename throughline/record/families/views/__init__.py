"""Pages about families."""
