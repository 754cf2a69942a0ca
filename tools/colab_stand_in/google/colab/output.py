"""The output area of a cell."""

from google.colab import note


def enable_custom_widget_manager(*arguments: object, **options: object) -> None:
    """Note the call."""
    note("output.enable_custom_widget_manager", arguments, options)


def clear(*arguments: object, **options: object) -> None:
    """Note the call."""
    note("output.clear", arguments, options)
