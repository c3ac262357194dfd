; Day 17: `__slots__` directly in a class body. What it means beside bases and subclasses is the finder's,
; `server/analysis/src/finders/slots.rs`.

((class_definition
   name: (identifier) @slots-declaration.class
   body: (block (expression_statement (assignment left: (identifier) @slots-declaration right: (_)))))
  (#eq? @slots-declaration "__slots__"))

; The same with the first slot's name, where it is written out and isn't mangled or special.
((class_definition
   name: (identifier) @slots-declaration.class
   body: (block
     (expression_statement
       (assignment
         left: (identifier) @slots-declaration
         right: [
           (string (string_content) @slots-declaration.attribute) @_first
           (tuple . (string (string_content) @slots-declaration.attribute) @_first)
           (list . (string (string_content) @slots-declaration.attribute) @_first)
           (dictionary . (pair key: (string (string_content) @slots-declaration.attribute) @_first))
         ]))))
  (#eq? @slots-declaration "__slots__")
  (#value? @_first "string")
  (#not-match? @slots-declaration.attribute "^__"))

((class_definition
   body: (block
     (expression_statement (assignment left: (identifier) @slots-empty right: [(tuple) (list)] @_value))))
  (#eq? @slots-empty "__slots__")
  (#empty? @_value))

((class_definition
   body: (block
     (expression_statement (assignment left: (identifier) @slots-dict-docs right: (dictionary) @_value))))
  (#eq? @slots-dict-docs "__slots__")
  (#not-empty? @_value))

((class_definition
   body: (block
     (expression_statement
       (assignment
         left: (identifier) @_slots
         right: [(string) (concatenated_string)] @slots-single-string @slots-single-string.name))))
  (#eq? @_slots "__slots__")
  (#value? @slots-single-string "string")
  (#not-match? @slots-single-string "^['\"]__(dict|weakref)__['\"]$"))

((class_definition
   body: (block
     (expression_statement
       (assignment
         left: (identifier) @_slots
         right: [
           (string (string_content) @_text) @slots-dict-entry
           (tuple (string (string_content) @_text) @slots-dict-entry)
           (list (string (string_content) @_text) @slots-dict-entry)
           (set (string (string_content) @_text) @slots-dict-entry)
           (expression_list (string (string_content) @_text) @slots-dict-entry)
           (dictionary (pair key: (string (string_content) @_text) @slots-dict-entry))
         ]))))
  (#eq? @_slots "__slots__")
  (#eq? @_text "__dict__")
  (#value? @slots-dict-entry "string"))

((class_definition
   body: (block
     (expression_statement
       (assignment
         left: (identifier) @_slots
         right: [
           (string (string_content) @_text) @slots-weakref-entry
           (tuple (string (string_content) @_text) @slots-weakref-entry)
           (list (string (string_content) @_text) @slots-weakref-entry)
           (set (string (string_content) @_text) @slots-weakref-entry)
           (expression_list (string (string_content) @_text) @slots-weakref-entry)
           (dictionary (pair key: (string (string_content) @_text) @slots-weakref-entry))
         ]))))
  (#eq? @_slots "__slots__")
  (#eq? @_text "__weakref__")
  (#value? @slots-weakref-entry "string"))
