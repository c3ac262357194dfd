"""Three generators for a small shop.

1. `walk(folder)` gives the file names of a folder, depth first. A folder is a
   list of names and of further folders.
2. `running_mean()` takes prices by `send()` and answers each with the mean of
   all prices so far. It is primed with `next()`, which gives None.
3. `handed_on(source)` gives the source's rows. However the reading ends once
   it has begun, `source.close()` is called, and called once; if all rows were
   read, the generator returns their number.

Each gives its values one at a time and collects nothing in a list.
Run the file to see what holds.
"""


def walk(folder):
    for entry in folder:
        if isinstance(entry, list):
            yield from walk(entry)
        else:
            yield entry


def running_mean():
    total = count = 0
    mean = None
    while True:
        total += yield mean
        count += 1
        mean = total / count


def handed_on(source):
    count = 0
    try:
        for row in source:
            yield row
            count += 1
    finally:
        source.close()
    return count


class Source:
    def __init__(self, rows):
        self.rows = iter(rows)
        self.closed = 0

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.rows)

    def close(self):
        self.closed += 1


def endless():
    while True:
        yield "a.txt"


def walks_depth_first():
    folder = ["a.txt", ["b.txt", ["c.txt"], []], "d.txt"]
    return list(walk(folder)) == ["a.txt", "b.txt", "c.txt", "d.txt"]


def walks_lazily():
    names = walk(endless())
    return [next(names), next(names)] == ["a.txt", "a.txt"]


def averages():
    prices = running_mean()
    first = next(prices)
    means = [prices.send(price) for price in (80, 120, 40)]
    return (first, means) == (None, [80, 100, 80])


def averages_apart():
    one, two = running_mean(), running_mean()
    next(one), next(two)
    return (one.send(10), two.send(30), one.send(20)) == (10, 30, 15)


def hands_rows_on():
    source = Source(["ada", "bob"])
    return list(handed_on(source)) == ["ada", "bob"] and source.closed == 1


def counts_rows():
    rows = handed_on(Source(["ada", "bob"]))
    next(rows), next(rows)
    try:
        next(rows)
    except StopIteration as stop:
        return stop.value == 2
    return False


def closes_when_broken_off():
    source = Source(["ada", "bob"])
    rows = handed_on(source)
    before = next(rows), source.closed
    rows.close()
    return before == ("ada", 0) and source.closed == 1


CHECKS = {
    "walk goes depth first": walks_depth_first,
    "walk is lazy": walks_lazily,
    "running_mean answers each price": averages,
    "each running_mean counts for itself": averages_apart,
    "handed_on gives all rows and closes": hands_rows_on,
    "handed_on's value is the number of rows": counts_rows,
    "handed_on closes when it is broken off": closes_when_broken_off,
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
    raise SystemExit(not all(results.values()))
