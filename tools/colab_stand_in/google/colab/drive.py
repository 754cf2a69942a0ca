"""The learner's Google Drive."""

from google.colab import note


def mount(*arguments: object, **options: object) -> None:
    """Note the call."""
    note("drive.mount", arguments, options)


def flush_and_unmount(*arguments: object, **options: object) -> None:
    """Note the call."""
    note("drive.flush_and_unmount", arguments, options)
