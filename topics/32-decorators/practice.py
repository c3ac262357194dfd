"""Two decorators for a small command-line program.

- timed(function) calls the function and adds one line to LINES for each
  call: the label, a space and the function's name. The label is "ran",
  or what was given: both @timed and @timed(label="took") work.
- A timed function keeps its name, docstring and signature, takes any
  arguments and returns what it returned before.
- register(name) enters the function into COMMANDS under that name and
  changes nothing about it. In a stack, what is entered is what the
  decorators below have made.

Run the file to see what holds.
"""

import inspect
import sys

LINES = []
COMMANDS = {}


def timed(function):
    def wrapper():
        function()

    return wrapper


def register(name):
    return name


def holds(check):
    LINES.clear()
    COMMANDS.clear()
    try:
        return check() is True
    except Exception:
        return False


def bare_timed_adds_a_line():
    @timed
    def load():
        return 3

    return load() == 3 and load() == 3 and LINES == ["ran load"] * 2


def called_timed_takes_a_label():
    @timed(label="took")
    def save():
        return 4

    return save() == 4 and LINES == ["took save"]


def empty_parentheses_work():
    @timed()
    def close():
        return 5

    return close() == 5 and LINES == ["ran close"]


def arguments_pass_through():
    @timed
    def total(first, *more, factor=1):
        return (first + sum(more)) * factor

    return total(1, 2, 3, factor=10) == 60


def metadata_is_preserved():
    @timed(label="took")
    def total(prices, currency="EUR"):
        """Sum of all prices."""

    signature = str(inspect.signature(total))
    described = total.__name__ == "total" and total.__doc__ == "Sum of all prices."
    return described and signature == "(prices, currency='EUR')"


def register_changes_nothing():
    def status():
        return "clean"

    return register("st")(status) is status and COMMANDS == {"st": status}


def stack_enters_the_wrapper():
    @register("push")
    @timed
    def push():
        return "done"

    return COMMANDS["push"]() == "done" and LINES == ["ran push"]


CHECKS = {
    "@timed adds a line for each call": bare_timed_adds_a_line,
    "@timed(label=...) uses the label": called_timed_takes_a_label,
    "@timed() works": empty_parentheses_work,
    "a timed function takes any arguments": arguments_pass_through,
    "a timed function keeps its metadata": metadata_is_preserved,
    "register returns the function itself": register_changes_nothing,
    "register on top enters the timed function": stack_enters_the_wrapper,
}


if __name__ == "__main__":
    results = {text: holds(check) for text, check in CHECKS.items()}
    for text, result in results.items():
        print("ok  " if result else "no  ", text)
    sys.exit(not all(results.values()))
