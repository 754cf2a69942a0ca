"""The error of the loaders, and how the system's own errors are worded in their sentences."""


class DataUnavailableError(OSError):
    """The full data were asked for and cannot be had; the message is one sentence that says why."""


def reason_of(error):
    """What the system says about an error, in one line and without a path of this machine."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
