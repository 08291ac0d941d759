"""A pretend Telegram: the part of the Bot API we use, over real HTTP, with faults on demand. Never in production."""
