//! What names mean, as data: a source with its places marked, and what each mark's name must be.

use super::Names;
use crate::grammar::Kind;
use crate::tree::Tree;

/// The meanings of the identifier or dotted name that `«»` marks.
fn meanings(marked: &str) -> Vec<String> {
    let start = marked.find('«').expect("a mark") as u32;
    let text = marked.replace(['«', '»'], "");
    let tree = Tree::new(&crate::parse(&text, None));
    let names = Names::new(&text, &tree);
    let length = marked.find('»').expect("a mark's end") as u32 - start - '«'.len_utf8() as u32;
    let node = tree
        .nodes()
        .find(|node| {
            let span = tree.span(*node);
            matches!(tree.kind(*node), Kind::Identifier | Kind::Attribute | Kind::DottedName)
                && (span.start, span.end) == (start, start + length)
        })
        .expect("a name at the mark");
    names.meanings(&text, &tree, node).iter().map(ToString::to_string).collect()
}

macro_rules! means {
    ($($name:ident: $source:expr => $expected:expr;)*) => {
        $(#[test] fn $name() { assert_eq!(meanings($source), $expected as [&str; _]); })*
    };
}

means! {
    import_binds_the_first_part: "import os.path\n«os.path.join»(a)\n" => ["os.path.join"];
    import_as_stands_for_the_whole: "import os.path as p\n«p.join»(a)\n" => ["os.path.join"];
    from_import_as: "from functools import partial as bind\n«bind»(f)\n" => ["functools.partial"];
    from_import_in_parentheses: "from functools import (\n    partial as bind,  # why\n    wraps,\n)\n«wraps»(f)\n" => ["functools.wraps"];
    relative_import_equals_no_absolute_name: "from .functools import partial\n«partial»(f)\n" => [".functools.partial"];
    relative_import_of_a_module: "from . import functools\n«functools.partial»(f)\n" => [".functools.partial"];
    star_import_binds_nothing: "from m import *\n«len»(x)\n" => ["builtins.len"];
    unbound_name_is_a_builtin: "«print»(1)\n" => ["builtins.print"];
    builtin_bound_later_is_shadowed: "«print»(1)\nprint = 2\n" => [];
    builtin_bound_in_another_function_is_not_shadowed: "def f():\n    len = 1\n\n«len»(x)\n" => ["builtins.len"];
    builtin_written_through_global_is_shadowed: "def f():\n    global len\n    len = 1\n\n«len»(x)\n" => [];
    parameter_shadows: "def f(len):\n    return «len»(x)\n" => [];
    default_is_evaluated_outside: "def f(len=«len»):\n    pass\n" => ["builtins.len"];
    decorator_is_evaluated_outside: "class A:\n    def property(self): pass\n\n@«property»\ndef f(self): pass\n" => ["builtins.property"];
    class_body_is_not_visible_in_methods: "class A:\n    len = 1\n    def f(self):\n        return «len»(x)\n" => ["builtins.len"];
    class_body_is_visible_in_itself: "class A:\n    len = 1\n    size = «len»(x)\n" => [];
    class_body_is_not_visible_in_a_comprehension: "class A:\n    len = 1\n    rows = [«len»(x) for x in y]\n" => ["builtins.len"];
    first_iterable_is_evaluated_outside: "class A:\n    range = 1\n    rows = [x for x in «range»(3)]\n" => [];
    second_iterable_is_not: "class A:\n    range = 1\n    rows = [x for y in z for x in «range»(3)]\n" => ["builtins.range"];
    walrus_in_a_comprehension_binds_outside: "rows = [(len := x) for x in y]\n«len»(x)\n" => [];
    format_that_looks_like_a_walrus_binds_nothing: "f'{len:=4}'\n«len»(x)\n" => ["builtins.len"];
    comprehension_target_stays_inside: "rows = [len for len in y]\n«len»(x)\n" => ["builtins.len"];
    optional_import_in_a_handler: "try:\n    from functools import cache\nexcept ImportError:\n    cache = None\n«cache»(f)\n" => ["functools.cache"];
    import_in_the_other_arm: "if new:\n    from functools import cache\nelse:\n    cache = None\n«cache»(f)\n" => ["functools.cache"];
    rebinding_in_the_same_arm_is_not_excused: "if new:\n    from functools import cache\n    cache = None\n«cache»(f)\n" => [];
    two_imports_both_count: "try:\n    from a import x\nexcept ImportError:\n    from b import x\n«x»\n" => ["a.x", "b.x"];
    rebinding_is_not_followed: "from functools import partial\nbind = partial\n«bind»(f)\n" => [];
    import_deep_in_a_function_is_local: "def f():\n    import os\n\n«os.getcwd»()\n" => [];
    import_inside_the_function_decides: "import os\ndef f():\n    from p import q as os\n    «os.x»\n" => ["p.q.x"];
    nonlocal_rebinds_the_outer_import: "def f():\n    import os\n    def g():\n        nonlocal os\n        os = 1\n    «os.x»\n" => [];
    nested_function_sees_a_global_declaration: "import os\ndef f(os):\n    def g():\n        global os\n        «os.x»\n" => ["os.x"];
    store_is_no_reference: "import os\n«os.x» = 1\n" => [];
    deletion_is_no_reference: "import os\ndel «os.x»\n" => [];
    import_itself_is_no_reference: "from functools import «partial»\n" => [];
    keyword_name_is_no_reference: "f(«len»=1)\n" => [];
    keyword_value_is_one: "f(len=«len»)\n" => ["builtins.len"];
    attribute_name_is_no_reference: "x.«len»\n" => [];
    annotation_is_a_reference: "from typing import Any\nx: «Any» = 1\n" => ["typing.Any"];
    value_pattern_is_a_reference: "import re\nmatch x:\n    case «re.A»:\n        pass\n" => ["re.A"];
    class_pattern_is_a_reference: "from p import Point\nmatch x:\n    case «Point»(x=0):\n        pass\n" => ["p.Point"];
    capture_pattern_binds: "match x:\n    case len:\n        «len»(y)\n" => [];
    wildcard_pattern_binds_nothing: "match x:\n    case _:\n        «_»(y)\n" => ["builtins._"];
    star_pattern_binds: "match x:\n    case [*len]:\n        «len»(y)\n" => [];
    with_target_binds: "with open(f) as len:\n    «len»(x)\n" => [];
    except_target_binds: "try:\n    pass\nexcept E as len:\n    «len»(x)\n" => [];
    type_parameter_binds: "def f[len](x):\n    return «len»(x)\n" => [];
    type_parameter_stays_inside: "def f[len](x):\n    pass\n«len»(x)\n" => ["builtins.len"];
    type_alias_binds: "type len = int\n«len»(x)\n" => [];
    lambda_parameter_shadows: "f = lambda len, *a: «len»(x)\n" => [];
    unpacking_binds: "(a, [*len]), b = x\n«len»(y)\n" => [];
    augmented_assignment_binds: "len += 1\n«len»(y)\n" => [];
    blanks_in_a_dotted_name: "import os . path as p\n«p . join»\n" => ["os.path.join"];
    parenthesized_object: "import os\n«(os).getcwd»()\n" => ["os.getcwd"];
    method_result_is_no_module: "import os\n«os.environ().get»\n" => [];
}
