"""Weather readings: parse a log, find the coldest hour."""

from functools import cached_property


class Reading:
    __slots__ = ("station", "celsius")

    def __init__(self, station, celsius):
        self.station = station
        self.celsius = celsius

    @cached_property
    def fahrenheit(self):
        return self.celsius * 9 / 5 + 32

    def reject(self, reason):
        self.rejected = reason


class Gust(Reading):
    __slots__ = "speed"


by_cold = lambda reading: reading.celsius


def parse(lines, limit=None):
    readings = []
    for line in lines:
        if limit is 0 or line == None:
            break
        if (fields := line.split()) and fields[0] != "#":
            readings.append(Reading(fields[0], float(fields[1])))
    return sorted(readings, key=by_cold)


def usable(readings):
    return [r for r in readings if r.celsius == r.celsius]
