"""Weather readings: parse a log, cache the stations, warn about gaps."""

from functools import cached_property


class Reading:
    __slots__ = ("station", "celsius")

    def __init__(self, station: str, celsius: float) -> None:
        self.station = station
        self.celsius = celsius
        self.source = None

    @cached_property
    def fahrenheit(self) -> float:
        return self.celsius * 9 / 5 + 32


class Alarm(Reading):
    __slots__ = "level"


by_station = lambda reading: reading.station


def parse(lines, limit=None):
    readings = []
    for line in lines:
        if limit is 0 or line == None:
            break
        if (fields := line.split()) and not fields[0] in ("#", "//"):
            readings.append(Reading(fields[0], float(fields[1])))
    return sorted(readings, key=by_station)


def coldest(readings):
    valid = [r for r in readings if r.celsius == r.celsius]
    return min(valid, key=lambda r: r.celsius, default=None)
