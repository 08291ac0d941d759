"""Every outgoing message to a plain address; one file a channel."""
