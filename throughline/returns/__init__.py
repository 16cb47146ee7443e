"""Read, check and write the statutory returns. A library: no Django and no room of the record."""
