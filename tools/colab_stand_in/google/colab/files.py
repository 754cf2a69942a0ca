"""Downloads to and uploads from the learner's browser."""

from pathlib import Path

from google.colab import note


def download(filename: str, *arguments: object, **options: object) -> None:
    """Note the call; as in Colab, a file that is not there is an error."""
    note("files.download", (filename, *arguments), options)
    if not Path(filename).exists():
        raise FileNotFoundError(f"Cannot find file: {filename}")


def upload(*arguments: object, **options: object) -> dict[str, bytes]:
    """Note the call and say that nothing was chosen."""
    note("files.upload", arguments, options)
    return {}
