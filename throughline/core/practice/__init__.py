"""Practice models: what a piece of work asks about, as versioned text that an authority can change without code."""
