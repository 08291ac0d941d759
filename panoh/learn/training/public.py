"""The front door of training. No room stands on it yet but the doors."""

__all__: list[str] = []
