"""What the person comes for: their children and what needs them."""
