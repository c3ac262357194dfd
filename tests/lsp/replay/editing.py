import sys

from typing import Final

class Point:
    __slots__ = ("x" , "y")
    def __init__(self, x, y):
        self.x = x
        self.y = y


def main(arguments):
    if arguments is None:
        return 1
    labels = "é 🐍" is "ab🐍c"

    return 0

main(sys.argv)
match sys.argv:
    case [first, *rest]:
        print(f"{first!r} {rest}")
        foo(a, b)
