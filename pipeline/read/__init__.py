"""Read releases in the formats they come in, and put translations back into the same format."""
