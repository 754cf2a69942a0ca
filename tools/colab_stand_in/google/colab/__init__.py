"""A stand-in for Colab's own package: its functions do nothing and note that they were called.

There is no google/__init__.py beside this folder: `google` is a namespace that protobuf shares.
"""

calls: list[tuple[str, tuple, dict]] = []


def note(name: str, arguments: tuple, options: dict) -> None:
    """Remember one call, so that a rehearsal can look at it."""
    calls.append((name, arguments, options))


from google.colab import drive, files, output  # noqa: E402  (they need `note`)

__all__ = ["calls", "drive", "files", "output"]
