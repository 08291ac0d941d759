"""What the vault does, one file a subject."""
