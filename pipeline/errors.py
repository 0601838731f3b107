"""Everything that can go wrong in a way that a user can mend.

    CommuniqueError
    ├── ConfigError         the configuration cannot be used; carries every problem found, with its path
    ├── InputError          one release cannot be read; the run goes on without it
    │   └── UnreadableError     it cannot be opened now, or changed under our hands: the next run tries again
    ├── LanguageError       a language tag is malformed, or nothing here can translate into it
    ├── TranslatorError     a translator cannot be started, or broke its contract
    ├── StoreError          a published file is damaged, or another run holds the output folder
    └── Interrupted         the user or the system asked the run to stop; what was finished is kept

Each says what is wrong, where, and what to do. Programming errors are none of these and keep their traceback.
"""


class CommuniqueError(Exception):
    """An error that its reader can do something about.

    Args:
        message: What is wrong, and where.
        remedy: What to do about it; empty when the message says it all.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} — {self.remedy}" if self.remedy else self.message


class ConfigError(CommuniqueError):
    """The configuration cannot be used.

    Args:
        problems: One line each: `path.to.key: what is wrong, what was expected`.
        source: The file they stand in, or what else brought them.
    """

    def __init__(self, problems: list[str], source: str) -> None:
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"{source}: {len(problems)} problem{'s' if len(problems) > 1 else ''}\n{lines}")
        self.problems = problems


class InputError(CommuniqueError):
    """One release cannot be read."""


class UnreadableError(InputError):
    """A file cannot be opened now, or changed since the run began; it may be read next time."""


class LanguageError(CommuniqueError):
    """A language tag is malformed, or nothing here can translate into it."""


class TranslatorError(CommuniqueError):
    """A translator cannot be started, or did not keep its contract."""


class StoreError(CommuniqueError):
    """A published file is damaged, or another run holds the output folder."""


class Interrupted(CommuniqueError):
    """The run was asked to stop.

    Args:
        signal_number: The signal; the process exits with 128 plus it.
    """

    def __init__(self, signal_number: int) -> None:
        super().__init__("stopped as asked; what was finished is kept", "run the same command again to go on")
        self.signal_number = signal_number
