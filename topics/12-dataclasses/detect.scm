; Day 12: `dataclasses`. What a class's fields, bases and methods mean together is the finder's,
; `server/analysis/src/finders/dataclasses.rs`: class variables, the order of fields, mutable defaults, bases, and writes
; into frozen instances.

; ── References ─────────────────────────────────────────────────────────────────────────────────────────────────────

((_) @dataclass-decorator (#resolves? @dataclass-decorator "dataclasses.dataclass"))

((_) @dataclass-field (#resolves? @dataclass-field "dataclasses.field"))

((_) @dataclass-initvar (#resolves? @dataclass-initvar "dataclasses.InitVar"))

((_) @dataclass-kw-only (#resolves? @dataclass-kw-only "dataclasses.KW_ONLY"))

; ── Options of the decorator ───────────────────────────────────────────────────────────────────────────────────────

((decorated_definition
   (decorator
     (call
       function: (_) @_dataclass
       arguments: (argument_list (keyword_argument name: (identifier) @dataclass-order value: (true)))))
   definition: (class_definition))
  (#resolves? @_dataclass "dataclasses.dataclass")
  (#eq? @dataclass-order "order"))

((decorated_definition
   (decorator
     (call
       function: (_) @_dataclass
       arguments: (argument_list (keyword_argument name: (identifier) @dataclass-frozen value: (true)))))
   definition: (class_definition))
  (#resolves? @_dataclass "dataclasses.dataclass")
  (#eq? @dataclass-frozen "frozen"))

((decorated_definition
   (decorator
     (call
       function: (_) @_dataclass
       arguments: (argument_list (keyword_argument name: (identifier) @dataclass-unsafe-hash value: (true)))))
   definition: (class_definition))
  (#resolves? @_dataclass "dataclasses.dataclass")
  (#eq? @dataclass-unsafe-hash "unsafe_hash"))

((decorated_definition
   (decorator
     (call
       function: (_) @_dataclass
       arguments: (argument_list (keyword_argument name: (identifier) @dataclass-slots value: (true)))))
   definition: (class_definition))
  (#resolves? @_dataclass "dataclasses.dataclass")
  (#eq? @dataclass-slots "slots"))

((call
   function: (_) @_callee
   arguments: (argument_list (keyword_argument name: (identifier) @dataclass-kw-only value: (true))))
  (#resolves? @_callee "dataclasses.dataclass" "dataclasses.field")
  (#eq? @dataclass-kw-only "kw_only"))

; The longhand of a single field, where it has no other options.
((assignment
   left: (identifier) @dataclass-kw-only.name
   type: (type)
   right: (call
     function: (_) @_field
     arguments: (argument_list . (keyword_argument name: (identifier) @dataclass-kw-only value: (true)) .)))
  (#resolves? @_field "dataclasses.field")
  (#eq? @dataclass-kw-only "kw_only")
  (#scope? @dataclass-kw-only.name "class"))

; ── Fields ─────────────────────────────────────────────────────────────────────────────────────────────────────────

((call
   function: (_) @_field
   arguments: (argument_list (keyword_argument name: (identifier) @dataclass-default-factory)))
  (#resolves? @_field "dataclasses.field")
  (#eq? @dataclass-default-factory "default_factory"))

; `init=False` and the like would change the longhand.
((assignment
   left: (identifier) @dataclass-default-factory.name
   type: (type)
   right: (call
     function: (_) @_field
     arguments: (argument_list
       .
       (keyword_argument
         name: (identifier) @dataclass-default-factory
         value: (_) @dataclass-default-factory.factory)
       .)))
  (#resolves? @_field "dataclasses.field")
  (#eq? @dataclass-default-factory "default_factory")
  (#scope? @dataclass-default-factory.name "class"))

; Bound once: a `name: type` elsewhere in the body is its annotation, and a later `def name` replaces the field.
((class_definition
   body: (block
     (expression_statement
       (assignment
         left: (identifier) @unannotated-field-call
         !type
         right: (call function: (_) @_field))))) @_class
  (#resolves? @_field "dataclasses.field")
  (#decorated-by? @_class "dataclasses.dataclass")
  (#sole-binding? @unannotated-field-call))

; `field(default_factory=list)` says which type was meant.
((class_definition
   body: (block
     (expression_statement
       (assignment
         left: (identifier) @unannotated-field-call @unannotated-field-call.name
         !type
         right: (call
           function: (_) @_field
           arguments: (argument_list
             (keyword_argument
               name: (identifier) @_keyword
               value: (identifier) @unannotated-field-call.type))) @unannotated-field-call.value)))) @_class
  (#resolves? @_field "dataclasses.field")
  (#eq? @_keyword "default_factory")
  (#resolves? @unannotated-field-call.type "builtins.list" "builtins.dict" "builtins.set")
  (#decorated-by? @_class "dataclasses.dataclass")
  (#sole-binding? @unannotated-field-call))

; ── Methods ────────────────────────────────────────────────────────────────────────────────────────────────────────

((function_definition name: (identifier) @dataclass-post-init) @_method
  (#eq? @dataclass-post-init "__post_init__")
  (#method? @_method))
