class CertificateRefusedError(ValueError):
    """What cannot be issued, changed or ended so, in a sentence fit to show."""


class SigningKeyError(RuntimeError):
    """The file of private keys is missing, readable by others, or lacks the key that is wanted."""
