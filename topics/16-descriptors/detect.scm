; Day 16: descriptors and `property`.

; ── The hooks ──────────────────────────────────────────────────────────────────────────────────────────────────────

((function_definition name: (identifier) @descriptor-get) @_method
  (#eq? @descriptor-get "__get__")
  (#method? @_method))

((function_definition name: (identifier) @descriptor-set) @_method
  (#eq? @descriptor-set "__set__")
  (#method? @_method))

((function_definition name: (identifier) @descriptor-delete) @_method
  (#eq? @descriptor-delete "__delete__")
  (#method? @_method))

((function_definition name: (identifier) @descriptor-set-name) @_method
  (#eq? @descriptor-set-name "__set_name__")
  (#method? @_method))

; ── The classes that have them ─────────────────────────────────────────────────────────────────────────────────────

((class_definition
   body: (block
     [
       (function_definition name: (identifier) @_hook)
       (decorated_definition definition: (function_definition name: (identifier) @_hook))
     ])) @_readable
  (#eq? @_hook "__get__"))

((class_definition
   name: (identifier) @data-descriptor-class
   body: (block
     [
       (function_definition name: (identifier) @_hook)
       (decorated_definition definition: (function_definition name: (identifier) @_hook))
     ]))
  (#any-of? @_hook "__set__" "__delete__"))

; What a base could bring isn't known, so only classes without one are sure to have no other hook. A decorator is no base.
([
   (class_definition !superclasses)
   (class_definition superclasses: (argument_list) @_none)
   (class_definition superclasses: (argument_list . (identifier) @_only .))
 ] @_rootless
  (#empty? @_none)
  (#resolves? @_only "builtins.object"))

((class_definition name: (identifier) @non-data-descriptor-class) @_class
  (#matches? @_class "_readable")
  (#matches? @_class "_rootless")
  (#not-binds? @_class "__set__" "__delete__"))

; ── Inside the hooks ───────────────────────────────────────────────────────────────────────────────────────────────

((function_definition name: (identifier) @_name) @_get
  (#eq? @_name "__get__")
  (#method? @_get))

((function_definition name: (identifier) @_name) @_set
  (#eq? @_name "__set__")
  (#method? @_set))

((comparison_operator
   [
     ((identifier) @_instance . ["is" "is not"] @descriptor-class-access . (none))
     ((none) . ["is" "is not"] @descriptor-class-access . (identifier) @_instance)
   ]) @_comparison
  (#in-function? @_comparison "_get")
  (#own-parameter? @_instance "2"))

((raise_statement "raise" @validating-descriptor . (_))
  (#in-function? @validating-descriptor "_set"))

; `self.value = value`, also in front of other targets: `self.value = instance.last = value`.
((assignment
   left: (attribute
     object: (identifier) @_descriptor
     attribute: (identifier) @descriptor-stores-on-self)
   right: [
     (identifier) @_value
     (assignment right: (identifier) @_value)
     (assignment right: (assignment right: (identifier) @_value))
   ]) @_assignment
  (#in-function? @_assignment "_set")
  (#own-parameter? @_descriptor "1")
  (#own-parameter? @_value "3"))

; A class that is defined in the method itself is made for this instance, to be put on some class later.
((assignment
   left: (attribute object: (identifier) @_self attribute: (identifier) @descriptor-on-instance.name)
   right: [
     (call function: (identifier) @descriptor-on-instance @descriptor-on-instance.class)
     (assignment right: (call function: (identifier) @descriptor-on-instance @descriptor-on-instance.class))
     (assignment
       right: (assignment
         right: (call function: (identifier) @descriptor-on-instance @descriptor-on-instance.class)))
   ])
  (#self? @_self)
  (#not-local? @descriptor-on-instance)
  (#defined-by? @descriptor-on-instance "_readable"))

; ── property ───────────────────────────────────────────────────────────────────────────────────────────────────────

((decorated_definition
   (decorator (identifier) @property-decorator)
   definition: [
     (function_definition name: (identifier) @property-decorator.name)
     (class_definition name: (identifier) @property-decorator.name)
   ])
  (#resolves? @property-decorator "builtins.property"))

((call function: (identifier) @property-call)
  (#resolves? @property-call "builtins.property"))

; The further parts stand anywhere behind the getter in the same class body.
((class_definition
   body: (block
     (decorated_definition
       (decorator (identifier) @_property)
       definition: (function_definition name: (identifier) @property-setter.property))
     (decorated_definition
       (decorator (attribute object: (identifier) @_extended attribute: (identifier) @property-setter))
       definition: (function_definition name: (identifier) @property-setter.name))))
  (#eq? @property-setter "setter")
  (#eq? @_extended @property-setter.property)
  (#resolves? @_property "builtins.property"))

((class_definition
   body: (block
     (decorated_definition
       (decorator (identifier) @_property)
       definition: (function_definition name: (identifier) @_name))
     (decorated_definition
       (decorator (attribute object: (identifier) @_extended attribute: (identifier) @property-deleter))
       definition: (function_definition))))
  (#any-of? @property-deleter "deleter" "getter")
  (#eq? @_extended @_name)
  (#resolves? @_property "builtins.property"))

((class_definition
   body: (block
     (decorated_definition
       (decorator (identifier) @_property)
       definition: (function_definition name: (identifier) @property-setter-name-mismatch.property))
     (decorated_definition
       (decorator
         (attribute
           object: (identifier) @_extended
           attribute: (identifier) @_part @property-setter-name-mismatch.accessor))
       definition: (function_definition
         name: (identifier) @property-setter-name-mismatch
         parameters: (parameters) @property-setter-name-mismatch.parameters))))
  (#any-of? @_part "setter" "deleter" "getter")
  (#eq? @_extended @property-setter-name-mismatch.property)
  (#not-eq? @property-setter-name-mismatch @_extended)
  (#resolves? @_property "builtins.property"))
