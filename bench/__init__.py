"""Benches: each prints medians, the size of its data, and a floor or peer measured in the same run."""
