"""A queue of support tickets.

Turn the two classes into dataclasses. Write no __init__, __eq__, __lt__ or
__hash__.

- Version has major and minor, both int; minor is 0 unless given. It can't
  be changed, it sorts by major, then minor, and it works as a dict key.
- Ticket has a title, a Version, a priority (3 unless given) and a list of
  labels of its own (empty unless given). Two tickets are equal if all of
  these are. A priority outside 1 to 5 raises ValueError.

Run the file to see what holds.
"""

import sys


class Version:
    def __init__(self, major, minor=0):
        self.major = major
        self.minor = minor


class Ticket:
    def __init__(self, title, version, priority=3, labels=[]):
        self.title = title
        self.version = version
        self.priority = priority
        self.labels = labels


def raises(kind, action, *args):
    try:
        action(*args)
    except kind:
        return True
    return False


def version_is_shown():
    return repr(Version(2)) == "Version(major=2, minor=0)"


def version_cannot_change():
    version = Version(2, 1)
    return raises(AttributeError, setattr, version, "minor", 2)


def versions_sort():
    versions = [Version(2, 1), Version(1, 9), Version(2)]
    return sorted(versions) == [Version(1, 9), Version(2), Version(2, 1)]


def version_is_a_key():
    return {Version(2, 1): "stable"}[Version(2, 1)] == "stable"


def ticket_has_its_fields():
    ticket = Ticket("crash", Version(2), labels=["ui"])
    return (ticket.title, ticket.priority, ticket.labels) == ("crash", 3, ["ui"])


def tickets_compare_by_value():
    same = Ticket("crash", Version(2)) == Ticket("crash", Version(2))
    return same and Ticket("crash", Version(2)) != Ticket("crash", Version(3))


def labels_are_not_shared():
    first, second = Ticket("crash", Version(2)), Ticket("typo", Version(2))
    first.labels.append("urgent")
    return second.labels == []


def priority_is_checked():
    def make(priority):
        return Ticket("crash", Version(2), priority)

    allowed = make(1).priority, make(5).priority
    refused = raises(ValueError, make, 0) and raises(ValueError, make, 6)
    return allowed == (1, 5) and refused


CHECKS = {
    "Version shows its fields": version_is_shown,
    "Version can't be changed": version_cannot_change,
    "versions sort by major, then minor": versions_sort,
    "Version works as a dict key": version_is_a_key,
    "Ticket keeps its fields": ticket_has_its_fields,
    "tickets compare by value": tickets_compare_by_value,
    "each Ticket has its own labels": labels_are_not_shared,
    "Ticket refuses a wrong priority": priority_is_checked,
}


def holds(check):
    try:
        return check() is True
    except Exception:
        return False


if __name__ == "__main__":
    results = {text: holds(check) for text, check in CHECKS.items()}
    for text, result in results.items():
        print("ok  " if result else "no  ", text)
    sys.exit(not all(results.values()))
