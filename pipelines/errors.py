"""The one way a command fails."""


class CommandError(Exception):
    """The work failed: one line a reason, naming the file, URL or table."""
