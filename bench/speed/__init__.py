"""The headline figures of speed and size."""
