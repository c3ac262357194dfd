"""Every example of every page runs, and prints what the page says that it prints."""

from __future__ import annotations

import pytest
from conftest import Section, pages, sections
from pytest_examples import CodeExample, EvalExample

SECTIONS = [section for page in pages() for section in sections(page)]


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: f"{section.page.parent.name}-{section.name}")
def test_section(section: Section, eval_example: EvalExample) -> None:
    eval_example.set_config(line_length=120)
    namespace: dict[str, object] = {}
    for fence in section.fences:
        example = CodeExample.create(fence.code, path=section.page, start_line=fence.line)
        namespace.update(eval_example.run_print_check(example, module_globals=namespace))
