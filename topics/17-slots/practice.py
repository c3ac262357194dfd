"""Sensor readings, kept in memory by the hundred thousand.

Rework the three classes:

- Stamped is a mixin: it stores nothing itself.
- Reading holds sensor, value, at and unit, and refuses every other name.
  The unit is each reading's own and "C" unless given.
  A reading can be referenced weakly.
- Calibrated is a Reading with one more field, offset, and refuses every
  other name too. It adds one place to the object, not five.

Run the file to see what holds.
"""

import sys
import weakref


class Stamped:
    def age(self, now):
        return now - self.at


class Reading(Stamped):
    unit = "C"

    def __init__(self, sensor, value, at):
        self.sensor = sensor
        self.value = value
        self.at = at


class Calibrated(Reading):
    def __init__(self, sensor, value, at, offset):
        super().__init__(sensor, value, at)
        self.offset = offset

    def true_value(self):
        return self.value + self.offset


def refuses(obj, name):
    try:
        setattr(obj, name, None)
    except AttributeError:
        return True
    return False


def mixin_stores_nothing():
    same_size = Stamped.__basicsize__ == object.__basicsize__
    return same_size and refuses(Stamped(), "at")


def reading_is_closed():
    return refuses(Reading("roof", 21.5, 100), "vaule")


def reading_keeps_its_fields():
    reading = Reading("roof", 21.5, 100)
    fields = (reading.sensor, reading.value, reading.at)
    return fields == ("roof", 21.5, 100) and reading.age(160) == 60


def unit_is_per_reading():
    celsius = Reading("roof", 21.5, 100)
    kelvin = Reading("lab", 294.6, 100, unit="K")
    kelvin.at = 160
    return (celsius.unit, kelvin.unit) == ("C", "K")


def reading_is_weakly_referenced():
    reading = Reading("roof", 21.5, 100)
    return weakref.ref(reading)() is reading


def calibrated_is_closed():
    return refuses(Calibrated("roof", 21.5, 100, 0.5), "ofset")


def calibrated_works():
    reading = Calibrated("roof", 21.5, 100, 0.5)
    return reading.true_value() == 22.0 and reading.unit == "C"


def calibrated_adds_one_place():
    # A slot declared twice leaves the base's own place empty.
    reading = Calibrated("roof", 21.5, 100, 0.5)
    values = Reading.value.__get__(reading), Reading.unit.__get__(reading)
    return values == (21.5, "C")


CHECKS = {
    "Stamped stores nothing": mixin_stores_nothing,
    "Reading keeps its fields": reading_keeps_its_fields,
    "Reading takes no stray attribute": reading_is_closed,
    "each Reading has its own unit": unit_is_per_reading,
    "Reading can be referenced weakly": reading_is_weakly_referenced,
    "Calibrated works as before": calibrated_works,
    "Calibrated takes no stray attribute": calibrated_is_closed,
    "Calibrated repeats no slot": calibrated_adds_one_place,
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
