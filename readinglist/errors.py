"""The one kind of error that is told to the user; anything else that is raised is a bug."""


class ExpectedError(Exception):
    """Something that can happen to a careful user: a locked file, a full disk, a text that is not a listing.

    The message is one or two plain sentences: what happened, where, and what to do about it.
    """


class UsageError(ExpectedError):
    """A value that the user gave cannot be what is meant, such as an unknown reading state."""


class CancelledError(ExpectedError):
    """The user stopped a long piece of work; what it had done was taken back."""


class DamagedError(ExpectedError):
    """A library's database is damaged, or gone while what stands beside it is there. Nothing more is written to it."""


class ReadOnlyError(ExpectedError):
    """The library was opened for reading alone, or may no longer be written; nothing was changed."""
