; Day 7: `is`, `==` and what they ask.
;
; A chain `a is b is c` is one node with all its operands and operators, so each rule takes an operator with the
; operands beside it; a rule for "a single comparison" is anchored at both ends.

; ── What can stand beside an operator ──────────────────────────────────────────────────────────────────────────────

(ellipsis) @_singleton

((identifier) @_singleton
  (#resolves? @_singleton "builtins.NotImplemented" "builtins.Ellipsis"))

([(identifier) (attribute)] @_nan
  (#resolves? @_nan "math.nan" "cmath.nan" "numpy.nan" "numpy.NaN" "numpy.NAN"))

((call
   function: (identifier) @_float
   arguments: (argument_list . (string (string_content) @_text) @_literal .)) @_nan
  (#resolves? @_float "builtins.float")
  (#value? @_literal "string")
  (#match? @_text "^\\s*[+-]?(?i:nan)\\s*$"))

; ── Identity ───────────────────────────────────────────────────────────────────────────────────────────────────────

((comparison_operator
   (_) @identity-comparison.left . "is" @identity-comparison . (_) @identity-comparison.right)
  (#not-value? @identity-comparison.left "literal" "display" "comprehension")
  (#not-value? @identity-comparison.right "literal" "display" "comprehension")
  (#not-matches? @identity-comparison.left "_singleton")
  (#not-matches? @identity-comparison.right "_singleton"))

((comparison_operator
   (_) @identity-comparison.one . "is not" @identity-comparison . (_) @identity-comparison.other)
  (#not-value? @identity-comparison.one "literal" "display" "comprehension")
  (#not-value? @identity-comparison.other "literal" "display" "comprehension")
  (#not-matches? @identity-comparison.one "_singleton")
  (#not-matches? @identity-comparison.other "_singleton"))

((comparison_operator
   [
     ((_) @_singleton . ["is" "is not"] @singleton-identity . (_))
     ((_) . ["is" "is not"] @singleton-identity . (_) @_singleton)
   ])
  (#matches? @_singleton "_singleton"))

; `operand` where the test passes for a true value, `value` where it passes for a false one.
(comparison_operator
  [
    ((_) @is-bool-literal.operand . [("is" @is-bool-literal . (true)) ("is not" @is-bool-literal . (false))])
    ([((true) . "is" @is-bool-literal) ((false) . "is not" @is-bool-literal)] . (_) @is-bool-literal.operand)
  ])

(comparison_operator
  [
    ((_) @is-bool-literal.value . [("is" @is-bool-literal . (false)) ("is not" @is-bool-literal . (true))])
    ([((false) . "is" @is-bool-literal) ((true) . "is not" @is-bool-literal)] . (_) @is-bool-literal.value)
  ])

((comparison_operator
   [
     ((_) @is-literal.left @_literal . "is" @is-literal . (_) @is-literal.right)
     ((_) @is-literal.left . "is" @is-literal . (_) @is-literal.right @_literal)
   ])
  (#value? @_literal "number" "string" "bytes"))

((comparison_operator
   [
     ((_) @is-literal.one @_literal . "is not" @is-literal . (_) @is-literal.other)
     ((_) @is-literal.one . "is not" @is-literal . (_) @is-literal.other @_literal)
   ])
  (#value? @_literal "number" "string" "bytes"))

((comparison_operator
   [
     ((_) @_new . ["is" "is not"] @is-new-object . (_))
     ((_) . ["is" "is not"] @is-new-object . (_) @_new)
   ])
  (#value? @_new "display" "comprehension"))

((not_operator
   "not" @not-x-is-y
   argument: (comparison_operator . (_) @not-x-is-y.left . "is" . (_) @not-x-is-y.right .) @_comparison)
  (#not-parenthesized? @_comparison))

((not_operator
   "not" @not-x-is-y
   argument: (comparison_operator . (_) @not-x-is-y.member . "in" . (_) @not-x-is-y.container .) @_comparison)
  (#not-parenthesized? @_comparison))

; ── Equality ───────────────────────────────────────────────────────────────────────────────────────────────────────

((function_definition name: (identifier) @dunder-eq) @_method
  (#eq? @dunder-eq "__eq__")
  (#method? @_method))

(comparison_operator
  [
    ((_) @eq-none.operand . "==" @eq-none . (none))
    ((none) . "==" @eq-none . (_) @eq-none.operand)
  ])

(comparison_operator
  [
    ((_) @eq-none.value . "!=" @eq-none . (none))
    ((none) . "!=" @eq-none . (_) @eq-none.value)
  ])

((comparison_operator
   [
     ((_) @nan-equality.operand . "==" @nan-equality . (_) @_nan)
     ((_) @_nan . "==" @nan-equality . (_) @nan-equality.operand)
   ])
  (#matches? @_nan "_nan"))

((comparison_operator
   [
     ((_) @nan-equality.value . "!=" @nan-equality . (_) @_nan)
     ((_) @_nan . "!=" @nan-equality . (_) @nan-equality.value)
   ])
  (#matches? @_nan "_nan"))

((comparison_operator . (_) @self-inequality.operand . "==" @self-inequality . (_) @_again .)
  (#name? @self-inequality.operand)
  (#eq? @self-inequality.operand @_again))

((comparison_operator . (_) @self-inequality.value . "!=" @self-inequality . (_) @_again .)
  (#name? @self-inequality.value)
  (#eq? @self-inequality.value @_again))

; ── id() ───────────────────────────────────────────────────────────────────────────────────────────────────────────

((call
   function: (identifier) @id-call
   arguments: [(argument_list . (_) @_object .) (generator_expression)])
  (#resolves? @id-call "builtins.id")
  (#not-kind? @_object "keyword_argument" "list_splat" "dictionary_splat"))

((comparison_operator
   .
   (call
     function: (identifier) @_id
     arguments: [(argument_list . (_) @id-equality.left .) (generator_expression) @id-equality.left])
   .
   ["==" "is"] @id-equality
   .
   (call
     function: (identifier) @_id
     arguments: [(argument_list . (_) @id-equality.right .) (generator_expression) @id-equality.right])
   .)
  (#resolves? @_id "builtins.id")
  (#not-kind? @id-equality.left "keyword_argument" "list_splat" "dictionary_splat")
  (#not-kind? @id-equality.right "keyword_argument" "list_splat" "dictionary_splat"))

((comparison_operator
   .
   (call
     function: (identifier) @_id
     arguments: [(argument_list . (_) @id-equality.one .) (generator_expression) @id-equality.one])
   .
   ["!=" "is not"] @id-equality
   .
   (call
     function: (identifier) @_id
     arguments: [(argument_list . (_) @id-equality.other .) (generator_expression) @id-equality.other])
   .)
  (#resolves? @_id "builtins.id")
  (#not-kind? @id-equality.one "keyword_argument" "list_splat" "dictionary_splat")
  (#not-kind? @id-equality.other "keyword_argument" "list_splat" "dictionary_splat"))
