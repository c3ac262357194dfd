; Day 21: how a class comes to be, and who has a hand in it. Two bases whose metaclasses don't go together are the finder's,
; `server/analysis/src/finders/metaclasses.rs`.

; ── The class statement ────────────────────────────────────────────────────────────────────────────────────────────

((class_definition superclasses: (argument_list (keyword_argument name: (identifier) @metaclass-keyword)))
  (#eq? @metaclass-keyword "metaclass"))

; The longhand leaves out the choice among several metaclasses, so it is for a class without bases. A function that makes
; the class has no `__prepare__`.
((class_definition
   name: (identifier) @metaclass-keyword.class
   superclasses: (argument_list
     .
     (keyword_argument name: (identifier) @metaclass-keyword value: (_) @metaclass-keyword.meta)
     .))
  (#eq? @metaclass-keyword "metaclass")
  (#name? @metaclass-keyword.meta)
  (#not-of-this-file? @metaclass-keyword.meta "function"))

((class_definition superclasses: (argument_list (keyword_argument name: (identifier) @class-definition-keyword)))
  (#not-eq? @class-definition-keyword "metaclass"))

; ── Metaclasses ────────────────────────────────────────────────────────────────────────────────────────────────────

; What is subscribed in `type[T]` is the base.
((class_definition
   superclasses: (argument_list
     [
       (identifier) @metaclass-class @_base
       (attribute attribute: (identifier) @metaclass-class) @_base
       (subscript
         value: [
           (identifier) @metaclass-class @_base
           (attribute attribute: (identifier) @metaclass-class) @_base
         ])
     ]))
  (#subclasses? @_base "builtins.type" "abc.ABCMeta" "enum.EnumMeta" "enum.EnumType"))

((class_definition
   body: (block
     [
       (function_definition name: (identifier) @metaclass-new)
       (decorated_definition definition: (function_definition name: (identifier) @metaclass-new))
     ])) @_class
  (#eq? @metaclass-new "__new__")
  (#subclasses? @_class "builtins.type" "abc.ABCMeta" "enum.EnumMeta" "enum.EnumType"))

((class_definition
   body: (block
     [
       (function_definition name: (identifier) @metaclass-init)
       (decorated_definition definition: (function_definition name: (identifier) @metaclass-init))
     ])) @_class
  (#eq? @metaclass-init "__init__")
  (#subclasses? @_class "builtins.type" "abc.ABCMeta" "enum.EnumMeta" "enum.EnumType"))

((class_definition
   name: (identifier) @metaclass-call.meta
   body: (block
     [
       (function_definition name: (identifier) @metaclass-call)
       (decorated_definition definition: (function_definition name: (identifier) @metaclass-call))
     ])) @_class
  (#eq? @metaclass-call "__call__")
  (#subclasses? @_class "builtins.type" "abc.ABCMeta" "enum.EnumMeta" "enum.EnumType"))

; ── Hooks of any class ─────────────────────────────────────────────────────────────────────────────────────────────

((function_definition name: (identifier) @metaclass-prepare) @_method
  (#eq? @metaclass-prepare "__prepare__")
  (#method? @_method))

((class_definition
   name: (identifier) @init-subclass.class
   body: (block
     [
       (function_definition name: (identifier) @init-subclass)
       (decorated_definition definition: (function_definition name: (identifier) @init-subclass))
     ]))
  (#eq? @init-subclass "__init_subclass__"))

; ── Python 2's way, and both ways at once ──────────────────────────────────────────────────────────────────────────

; Under an `if` or in a `try` it is meant for whoever reads it there. `#inside?` also reaches the inner names of
; `__metaclass__ = kind = Meta`.
((assignment left: (identifier) @python2-metaclass-attribute right: (_)) @_assignment
  (#eq? @python2-metaclass-attribute "__metaclass__")
  (#inside? @_assignment
    "class_definition" "module"
    "!function_definition" "!if_statement" "!try_statement" "!with_statement" "!for_statement" "!while_statement"
    "!match_statement"))

((class_definition
   name: (identifier) @python2-metaclass-attribute.class
   !superclasses
   body: (block
     (expression_statement
       (assignment left: (identifier) @python2-metaclass-attribute right: (_) @python2-metaclass-attribute.meta))))
  (#eq? @python2-metaclass-attribute "__metaclass__")
  (#name? @python2-metaclass-attribute.meta))

((class_definition
   name: (identifier) @python2-metaclass-attribute.class
   superclasses: (argument_list . (_) @python2-metaclass-attribute.base .)
   body: (block
     (expression_statement
       (assignment left: (identifier) @python2-metaclass-attribute right: (_) @python2-metaclass-attribute.meta))))
  (#eq? @python2-metaclass-attribute "__metaclass__")
  (#name? @python2-metaclass-attribute.meta)
  (#not-kind? @python2-metaclass-attribute.base "keyword_argument" "dictionary_splat"))

((_) @six-with-metaclass
  (#resolves? @six-with-metaclass
    "six.with_metaclass" "six.add_metaclass" "django.utils.six.with_metaclass" "django.utils.six.add_metaclass"
    "future.utils.with_metaclass"))

; The longhand is for one base or none, and for a decorator that stands alone.
((class_definition
   name: (identifier) @six-with-metaclass.class
   superclasses: (argument_list
     .
     (call
       function: [(identifier) (attribute)] @six-with-metaclass
       arguments: (argument_list . (_) @six-with-metaclass.meta . (_)? @six-with-metaclass.base .))
     .))
  (#resolves? @six-with-metaclass
    "six.with_metaclass" "django.utils.six.with_metaclass" "future.utils.with_metaclass")
  (#not-kind? @six-with-metaclass.meta "list_splat" "keyword_argument" "dictionary_splat")
  (#not-kind? @six-with-metaclass.base "keyword_argument" "dictionary_splat"))

((decorated_definition
   .
   (decorator
     (call
       function: [(identifier) (attribute)] @six-with-metaclass
       arguments: (argument_list . (_) @six-with-metaclass.meta .)))
   .
   (class_definition name: (identifier) @six-with-metaclass.class !superclasses))
  (#resolves? @six-with-metaclass "six.add_metaclass" "django.utils.six.add_metaclass")
  (#not-kind? @six-with-metaclass.meta "list_splat" "keyword_argument" "dictionary_splat"))

((decorated_definition
   .
   (decorator
     (call
       function: [(identifier) (attribute)] @six-with-metaclass
       arguments: (argument_list . (_) @six-with-metaclass.meta .)))
   .
   (class_definition
     name: (identifier) @six-with-metaclass.class
     superclasses: (argument_list . (_) @six-with-metaclass.base .)))
  (#resolves? @six-with-metaclass "six.add_metaclass" "django.utils.six.add_metaclass")
  (#not-kind? @six-with-metaclass.meta "list_splat" "keyword_argument" "dictionary_splat")
  (#not-kind? @six-with-metaclass.base "keyword_argument" "dictionary_splat"))

; ── Classes from calls ─────────────────────────────────────────────────────────────────────────────────────────────

((_) @types-new-class
  (#resolves? @types-new-class "types.new_class" "types.prepare_class" "types.resolve_bases"))
