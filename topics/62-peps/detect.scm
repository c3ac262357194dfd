; Day 62: what some PEPs brought, and what PEP 8 asks for.

; ── PEP 572: the walrus ────────────────────────────────────────────────────────────────────────────────────────────

; `f"{n:=4}"` is no walrus but the format `=4`, whatever the grammar makes of it: directly in a replacement field, a walrus
; needs parentheses.
((named_expression ":=" @walrus-operator) @_walrus
  (#not-inside? @_walrus "interpolation" "!expression"))

; Roles only where the longhand is exact: as the whole test, or as the left side of a single comparison.
(if_statement
  condition: (named_expression
    name: (identifier) @walrus-operator.name
    ":=" @walrus-operator
    value: (_) @walrus-operator.value))

(if_statement
  condition: (comparison_operator
    .
    (parenthesized_expression
      (named_expression
        name: (identifier) @walrus-operator.bound
        ":=" @walrus-operator
        value: (_) @walrus-operator.operand))
    .
    ["==" "!=" "<" "<=" ">" ">=" "is" "is not" "in" "not in"] @walrus-operator.operator
    .
    (_) @walrus-operator.other
    .))

; The longhand's `break` would skip an `else`.
(while_statement
  condition: (named_expression
    name: (identifier) @walrus-operator.target
    ":=" @walrus-operator
    value: (_) @walrus-operator.expression)
  !alternative)

; ── PEP 695 and 484: types ─────────────────────────────────────────────────────────────────────────────────────────

(function_definition type_parameters: (type_parameter "[" @pep695-type-parameters))

(class_definition type_parameters: (type_parameter "[" @pep695-type-parameters))

(function_definition "->" @pep484-function-annotation)

((comment) @pep484-type-comment
  (#match? @pep484-type-comment "^# type:\\s")
  (#not-match? @pep484-type-comment "^# type:\\s*ignore\\b")
  (#narrow! @pep484-type-comment "^# type:"))

; ── PEP 634 and 20 ─────────────────────────────────────────────────────────────────────────────────────────────────

(match_statement "match" @structural-pattern-matching)

((import_statement
   name: [
     (dotted_name . (identifier) @pep20-zen-import .)
     (aliased_import name: (dotted_name . (identifier) @pep20-zen-import .))
   ])
  (#eq? @pep20-zen-import "this"))

((import_from_statement module_name: (dotted_name . (identifier) @pep20-zen-import .))
  (#eq? @pep20-zen-import "this"))

; ── PEP 8: style ───────────────────────────────────────────────────────────────────────────────────────────────────

((assignment
   left: (identifier) @pep8-lambda-assignment.name
   right: (lambda
     "lambda" @pep8-lambda-assignment
     parameters: (lambda_parameters)? @pep8-lambda-assignment.parameters
     body: (_) @pep8-lambda-assignment.body)) @_assignment
  (#not-scope? @_assignment "class")
  ; `a = b = lambda: …` binds two names.
  (#not-inside? @_assignment "assignment" "!expression_statement"))

(not_operator
  "not" @pep8-not-in-test
  argument: (comparison_operator . (_) @pep8-not-in-test.item . "in" . (_) @pep8-not-in-test.container .))

((identifier) @pep8-ambiguous-name
  (#any-of? @pep8-ambiguous-name "l" "O" "I")
  (#binding? @pep8-ambiguous-name
    "assignment" "augmented" "walrus" "for" "with" "comprehension" "parameter"))

";" @pep8-compound-statement
