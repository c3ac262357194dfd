"""Day 7: identity or equality, three times.

1. `Amount` has equal values when cents and currency agree. Give it the method
   that `==` asks. A foreign type must get its own say, and equal amounts must
   count once in a set.
2. `update(account, nickname)` stores the nickname that was passed, None too,
   and leaves the account alone when none was passed. Which value is passed
   must not matter, not even one that claims to equal everything.
3. `position(rows, row)` returns the index of that very row, although an equal
   one may stand before it, and -1 if the row itself is not there.
"""
from unittest.mock import ANY

UNSET = object()


class Amount:
    def __init__(self, cents, currency):
        self.cents = cents
        self.currency = currency


def update(account, nickname=UNSET):
    if nickname != UNSET:
        account["nickname"] = nickname


def position(rows, row):
    return rows.index(row) if row in rows else -1


if __name__ == "__main__":
    def updated(*nickname):
        account = {"nickname": "ada"}
        update(account, *nickname)
        return account["nickname"]

    def found(number):
        rows = [["tea", 3], ["tea", 3], ["rye", 2]]
        return position(rows, rows[number])

    CHECKS = [
        ("amounts with the same cents and currency are equal",
         lambda: Amount(500, "EUR") == Amount(500, "EUR")),
        ("another currency makes a different amount",
         lambda: Amount(500, "EUR") != Amount(500, "USD")),
        ("an amount differs from its number of cents",
         lambda: Amount(500, "EUR") != 500),
        ("a foreign type gets its say",
         lambda: Amount(500, "EUR") == ANY),
        ("equal amounts count once in a set",
         lambda: len({Amount(500, "EUR"), Amount(500, "EUR")}) == 1),
        ("update stores a nickname",
         lambda: updated("bob") == "bob"),
        ("update stores None",
         lambda: updated(None) is None),
        ("update without a nickname changes nothing",
         lambda: updated() == "ada"),
        ("update stores a value that equals everything",
         lambda: repr(updated(ANY)) == "<ANY>"),
        ("position finds the row itself, not an equal one",
         lambda: [found(0), found(1), found(2)] == [0, 1, 2]),
        ("position gives -1 for a row that is only equal",
         lambda: position([["tea", 3]], ["tea", 3]) == -1),
    ]
    failed = 0
    for text, holds in CHECKS:
        try:
            good = bool(holds())
        except Exception:
            good = False
        print("ok  " if good else "no  ", text)
        failed += not good
    raise SystemExit(1 if failed else 0)
