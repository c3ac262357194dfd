"""Pricing rules, written as functions that all have the same name.

A rule set's body defines `rule` several times. Each rule takes an amount in
cents and returns another:

    class Euro(RuleSet, currency="EUR"):
        def rule(cents):
            return cents + 500

        def rule(cents):
            return cents * 2

- Euro.rules is a tuple of both functions, in the order of the body; the
  rules of the base come first. RuleSet.rules is empty.
- Euro has no attribute `rule`. Other names of the body are as usual.
- RuleSet.by_currency["EUR"] is Euro. A subclass that names no currency is
  not registered. An unknown class keyword is a TypeError.

Write RuleMeta, and rework RuleSet. Run the file to see what holds.
"""

import sys


class RuleSet:
    by_currency = {}
    rules = ()

    @classmethod
    def price(cls, cents):
        for rule in cls.rules:
            cents = rule(cents)
        return cents


def euro():
    class Euro(RuleSet, currency="EUR"):
        digits = 2

        def rule(cents):
            return cents + 500

        def rule(cents):
            return cents * 2

    return Euro


def both_rules_are_kept():
    return len(euro().rules) == 2 and isinstance(euro().rules, tuple)


def rules_run_in_order():
    return euro().price(1000) == 3000


def inherited_rules_come_first():
    class Sale(euro()):
        def rule(cents):
            return cents - 1

    return len(Sale.rules) == 3 and Sale.price(1000) == 2999


def bodies_do_not_mix():
    class Empty(RuleSet):
        pass

    return (RuleSet.rules, Empty.rules, len(euro().rules)) == ((), (), 2)


def rule_is_no_attribute():
    return not hasattr(euro(), "rule")


def other_names_are_as_usual():
    return euro().digits == 2 and euro().__name__ == "Euro"


def euro_is_registered():
    made = euro()
    return RuleSet.by_currency["EUR"] is made


def silent_subclass_is_not_registered():
    made = euro()

    class Sale(made):
        pass

    return RuleSet.by_currency == {"EUR": made}


def unknown_keyword_is_refused():
    euro()
    try:
        class Wrong(RuleSet, curency="EUR"):
            pass
    except TypeError:
        return True
    return False


CHECKS = {
    "both rules are kept": both_rules_are_kept,
    "rules run in the order of the body": rules_run_in_order,
    "inherited rules come first": inherited_rules_come_first,
    "a rule set has only its own and inherited rules": bodies_do_not_mix,
    "rule itself is no attribute": rule_is_no_attribute,
    "other names are as usual": other_names_are_as_usual,
    "a rule set is found by its currency": euro_is_registered,
    "without a currency it isn't": silent_subclass_is_not_registered,
    "an unknown class keyword is refused": unknown_keyword_is_refused,
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
