"""Pages of the journey: the child's page, entries, chronologies."""
