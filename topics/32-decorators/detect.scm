; Day 32: decorator lines and references. What the functions behind them do (closures, factories, lost metadata, optional
; arguments) and which classes decorate is the finder's, `server/analysis/src/finders/decorators.rs`.

(decorated_definition (decorator "@" @function-decorator) definition: (function_definition))

(decorated_definition (decorator "@" @class-decorator) definition: (class_definition))

; The longhand only where the decorator is alone: below another one, the name isn't bound in between.
(decorated_definition
  .
  (decorator "@" @function-decorator (_) @function-decorator.decorator)
  .
  definition: (function_definition name: (identifier) @function-decorator.function))

(decorated_definition
  .
  (decorator "@" @class-decorator (_) @class-decorator.decorator)
  .
  definition: (class_definition name: (identifier) @class-decorator.class))

; ── What stands behind the `@` ─────────────────────────────────────────────────────────────────────────────────────

((call function: (_) @_called) @_call-of-name
  (#name? @_called))

((decorator
   (call function: [(identifier) @parameterized-decorator (attribute attribute: (identifier) @parameterized-decorator)]) @_call)
  (#matches? @_call "_call-of-name"))

((decorated_definition
   .
   (decorator
     (call
       function: [(identifier) @parameterized-decorator (attribute attribute: (identifier) @parameterized-decorator)])
     @_call @parameterized-decorator.call)
   .
   definition: (_ name: (identifier) @parameterized-decorator.name))
  (#matches? @_call "_call-of-name"))

((decorator "@" @decorator-any-expression (_) @_expression)
  (#not-name? @_expression)
  (#not-matches? @_expression "_call-of-name"))

; ── Stacks ─────────────────────────────────────────────────────────────────────────────────────────────────────────

(decorated_definition . (decorator "@" @stacked-decorators) . (decorator))

(decorated_definition
  .
  (decorator "@" @stacked-decorators (_) @stacked-decorators.outer)
  .
  (decorator (_) @stacked-decorators.inner)
  .
  definition: (_ name: (identifier) @stacked-decorators.name))

(decorated_definition
  .
  (decorator "@" @stacked-decorators (_) @stacked-decorators.top)
  .
  (decorator (_) @stacked-decorators.middle)
  .
  (decorator (_) @stacked-decorators.bottom)
  .
  definition: (_ name: (identifier) @stacked-decorators.name))

; ── Metadata ───────────────────────────────────────────────────────────────────────────────────────────────────────

((_) @functools-wraps
  (#resolves? @functools-wraps "functools.wraps" "functools.update_wrapper"))

((attribute attribute: (identifier) @wrapped-attribute)
  (#eq? @wrapped-attribute "__wrapped__"))

((_) @wrapped-attribute
  (#resolves? @wrapped-attribute "inspect.unwrap"))
