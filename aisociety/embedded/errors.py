"""The one error that leaves this package."""


class ServiceError(Exception):
    """Why an embedded server cannot run: a sentence for a person, never a traceback to decode."""
