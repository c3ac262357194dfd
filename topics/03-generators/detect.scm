; Day 3: generators, from the `def` that makes one to the call that closes it.

; ── What a function or an expression makes ─────────────────────────────────────────────────────────────────────────

((yield) @_yield (#scope? @_yield "function"))

((yield) @_async_yield (#scope? @_async_yield "async-function"))

; `#match?` first: it passes over most functions without a look at their nodes.
((function_definition) @_generator
  (#match? @_generator "yield")
  (#has-own? @_generator "_yield"))

((function_definition) @_async_generator
  (#match? @_async_generator "yield")
  (#has-own? @_async_generator "_async_yield"))

; A decorator may make anything of the generator, such as a context manager.
((function_definition) @_undecorated
  (#matches? @_undecorated "_generator")
  (#not-decorated? @_undecorated))

((call function: (identifier) @_name) @_made (#defined-by? @_name "_undecorated"))

(generator_expression) @_expression

; ── Functions and expressions that generate ────────────────────────────────────────────────────────────────────────

((function_definition name: (identifier) @generator-function) @_function
  (#matches? @_function "_generator"))

((function_definition name: (identifier) @async-generator-function) @_function
  (#matches? @_function "_async_generator"))

; Only the first `for`.
(generator_expression body: (_) . (for_in_clause "for" @generator-expression))

; Roles only where the longhand is exact: a walrus would bind around the expression, and `await` or `async for` would make it
; asynchronous.
(named_expression) @_elsewhere
(await) @_elsewhere
(for_in_clause "async") @_elsewhere

((generator_expression
   body: (_) @generator-expression.value
   .
   (for_in_clause
     "for" @generator-expression
     left: (_) @generator-expression.target
     right: (_) @generator-expression.iterable) @_for
   .) @_whole
  (#not-has? @_whole "_elsewhere"))

((generator_expression
   body: (_) @generator-expression.item
   .
   (for_in_clause
     "for" @generator-expression
     left: (_) @generator-expression.name
     right: (_) @generator-expression.source)
   .
   (if_clause (_) @generator-expression.test)
   .) @_whole
  (#not-has? @_whole "_elsewhere"))

; ── yield ──────────────────────────────────────────────────────────────────────────────────────────────────────────

(yield "from") @_from

((yield "yield" @yield-statement) @_yield
  (#statement? @_yield)
  (#not-matches? @_yield "_from")
  (#scope? @_yield "function" "async-function"))

; Whatever else a `yield` is part of uses its value.
((yield "yield" @yield-expression) @_yield
  (#not-statement? @_yield)
  (#not-matches? @_yield "_from"))

(yield "yield" @yield-from "from" @yield-from)

; The longhand has no value.
((yield "yield" @yield-from "from" @yield-from (_) @yield-from.iterable) @_yield
  (#statement? @_yield))

((return_statement "return" @generator-return-value . (_)) @_return
  (#in-function? @_return "_generator"))

; ── send, throw, close ─────────────────────────────────────────────────────────────────────────────────────────────

((call function: (attribute object: (identifier) @_name attribute: (identifier) @generator-send))
  (#eq? @generator-send "send")
  (#assigned? @_name "_made"))

((call
   function: (attribute object: (identifier) @generator-send.generator attribute: (identifier) @generator-send)
   arguments: (argument_list . (none) .))
  (#eq? @generator-send "send")
  (#assigned? @generator-send.generator "_made"))

((call function: (attribute object: (identifier) @_name attribute: (identifier) @generator-throw))
  (#eq? @generator-throw "throw")
  (#assigned? @_name "_made"))

((call
   function: (attribute object: (identifier) @generator-close.generator attribute: (identifier) @generator-close))
  (#eq? @generator-close "close")
  (#assigned? @generator-close.generator "_made" "_expression"))

((except_clause
   value: [
     (identifier) @generatorexit-handler
     (tuple (identifier) @generatorexit-handler)
     (as_pattern . (identifier) @generatorexit-handler)
     (as_pattern . (tuple (identifier) @generatorexit-handler))
   ]) @_clause
  (#resolves? @generatorexit-handler "builtins.GeneratorExit")
  (#in-function? @_clause "_generator" "_async_generator"))

((try_statement body: (block) @_body (finally_clause "finally" @generator-finally))
  (#has-own? @_body "_yield" "_async_yield"))

; ── Slips ──────────────────────────────────────────────────────────────────────────────────────────────────────────

; What is caught on the spot doesn't leave the generator.
([
   (raise_statement . (identifier) @_stop)
   (raise_statement . (call function: (identifier) @_stop))
 ] @_stopping
  (#resolves? @_stop "builtins.StopIteration")
  (#in-function? @_stop "_generator")
  (#not-caught? @_stop "builtins.StopIteration" "builtins.Exception" "builtins.BaseException"))

((raise_statement
   .
   [(identifier) @stopiteration-in-generator (call function: (identifier) @stopiteration-in-generator)]) @_raise
  (#matches? @_raise "_stopping"))

((raise_statement
   .
   (call
     function: (identifier) @stopiteration-in-generator
     arguments: (argument_list . (_) @stopiteration-in-generator.value .))) @_raise
  (#matches? @_raise "_stopping")
  (#not-kind? @stopiteration-in-generator.value "keyword_argument" "list_splat" "dictionary_splat"))

; `count()` and `cycle()` have no end.
((call
   function: (identifier) @_next
   arguments: [(argument_list . (_) @_iterator .) (generator_expression)]) @_unguarded
  (#resolves? @_next "builtins.next")
  (#not-kind? @_iterator "keyword_argument" "list_splat" "dictionary_splat")
  (#not-made-by? @_iterator "itertools.count" "itertools.cycle")
  (#in-function? @_next "_generator")
  (#not-caught? @_next "builtins.StopIteration" "builtins.Exception" "builtins.BaseException"))

((call function: (identifier) @bare-next-in-generator) @_call
  (#matches? @_call "_unguarded"))

((expression_statement
   (assignment
     left: (_) @bare-next-in-generator.target
     !type
     right: (call
       function: (identifier) @bare-next-in-generator
       arguments: (argument_list (_) @bare-next-in-generator.iterator)) @_call))
  (#matches? @_call "_unguarded"))

((expression_statement
   .
   (call
     function: (identifier) @bare-next-in-generator
     arguments: (argument_list (_) @bare-next-in-generator.skipped)) @_call
   .)
  (#matches? @_call "_unguarded"))

; In a generator the mend can delegate, elsewhere it loops.
((expression_statement
   .
   (call function: (identifier) @discarded-generator-call) @discarded-generator-call.delegated
   .) @_statement
  (#defined-by? @discarded-generator-call "_undecorated")
  (#in-function? @_statement "_generator"))

((expression_statement
   .
   (call function: (identifier) @discarded-generator-call) @discarded-generator-call.made
   .) @_statement
  (#defined-by? @discarded-generator-call "_undecorated")
  (#not-in-function? @_statement "_generator"))

((_) @generator-based-coroutine
  (#resolves? @generator-based-coroutine "types.coroutine" "asyncio.coroutine"))
