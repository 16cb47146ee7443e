"""A made-up authority: linked families, workers and years of practice, the same for the same seed.

For demonstration, tests and benches. Nothing in it describes a real person.
"""
