"""A room's readings, checked where they are assigned.

- Bounded(low, high) is for class bodies. Each room has its own value, which
  is readable as soon as it is assigned. A value outside raises ValueError
  with the attribute's name in the message, and the old value stays. On the
  class, Room.celsius gives the Bounded object.
- Once turns a method into an attribute: the first read computes the value,
  later reads give the same again, and an assignment replaces it.
- Room.fahrenheit reads and assigns celsius in the other scale:
  fahrenheit = celsius * 9 / 5 + 32.

Run the file to see what holds.
"""

import sys


class Bounded:
    def __init__(self, low, high):
        self.low = low
        self.high = high

    def __set_name__(self, owner, name):
        self.name = name

    # Without __get__ a read finds the entry in the instance's __dict__, and
    # on the class it gives this object.
    def __set__(self, instance, value):
        if not self.low <= value <= self.high:
            raise ValueError(f"{self.name}: {value} is out of bounds")
        instance.__dict__[self.name] = value


class Once:
    def __init__(self, function):
        self.function = function

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self.function(instance)
        instance.__dict__[self.name] = value
        return value


class Room:
    celsius = Bounded(-40, 60)
    humidity = Bounded(0, 100)

    def __init__(self, celsius, humidity):
        self.celsius = celsius
        self.humidity = humidity
        self.surveys = 0

    @Once
    def volume(self):
        self.surveys += 1
        return 42

    @property
    def fahrenheit(self):
        return self.celsius * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value):
        self.celsius = (value - 32) * 5 / 9


def refused(room, name, value):
    before = getattr(room, name)
    try:
        setattr(room, name, value)
    except ValueError as error:
        return name in str(error) and getattr(room, name) == before
    return False


def values_are_kept():
    room = Room(20, 55)
    room.humidity = 60
    return (room.celsius, room.humidity) == (20, 60)


def rooms_are_apart():
    kitchen, cellar = Room(21, 50), Room(12, 80)
    cellar.celsius = 11
    values = kitchen.celsius, kitchen.humidity, cellar.celsius
    return values == (21, 50, 11)


def bounds_hold():
    room = Room(20, 55)
    return refused(room, "celsius", 61) and refused(room, "humidity", -1)


def construction_is_checked():
    try:
        Room(20, 101)
    except ValueError as error:
        return "humidity" in str(error)
    return False


def class_gives_the_descriptor():
    return isinstance(Room.celsius, Bounded)


def volume_is_computed_once():
    room = Room(20, 55)
    values = room.surveys, room.volume, room.volume, room.surveys
    return values == (0, 42, 42, 1)


def volume_can_be_replaced():
    room, other = Room(20, 55), Room(20, 55)
    room.volume = 40
    return (room.volume, room.surveys, other.volume) == (40, 0, 42)


def fahrenheit_is_read():
    return Room(20, 55).fahrenheit == 68


def fahrenheit_is_assigned():
    room = Room(20, 55)
    room.fahrenheit = 50
    return room.celsius == 10 and refused(room, "celsius", 1000)


def fahrenheit_is_checked():
    room = Room(20, 55)
    try:
        room.fahrenheit = 500
    except ValueError:
        return room.celsius == 20
    return False


CHECKS = {
    "a room keeps its values": values_are_kept,
    "rooms don't share values": rooms_are_apart,
    "a value out of bounds is refused": bounds_hold,
    "construction is checked too": construction_is_checked,
    "Room.celsius is the Bounded object": class_gives_the_descriptor,
    "volume is computed once": volume_is_computed_once,
    "volume can be replaced": volume_can_be_replaced,
    "fahrenheit is read": fahrenheit_is_read,
    "fahrenheit is assigned": fahrenheit_is_assigned,
    "fahrenheit is checked as celsius is": fahrenheit_is_checked,
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
