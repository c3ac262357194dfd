"""Record what Neovim sends while somebody edits: python3 record.py NVIM PYGLOSS

Types KEYS into a headless Neovim, one at a time, and writes editing.jsonl (the client's messages, without its answers and
without this machine's paths) and editing.py (the text at the end) beside this file. The test replay.rs plays them.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PAUSE = 0.07

START = """\
import sys


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def main(args):
    if args == None:
        return 1
    return 0


main(sys.argv)
"""

# A pause between keys is a lone space in <>; everything else is what one would press.
KEYS = """
ggjo< >from typing import Final< ><Esc>K
/class Point<CR>o__slots__ = ("x" "y")<Esc>< >hhK< ><Esc>
/"y"<CR>i, <Esc>< >bbK< ><Esc>u< ><C-r>< >
/== None<CR>K< >< >cwis< ><Esc>wwK< ><Esc>
u< >u< ><C-r><C-r>< >
/return 0<CR>Olabels = "é \U0001f40d" is "x"< ><Esc>FsK< ><Esc>
x< >u< >f"di"iab\U0001f40dc<Esc>< >
jddp< >u<C-r>< >kyyjp< >dd< >
Gomatch sys.argv:<CR>case [first, *rest]:<CR>print(f"{first!r} {rest}")< ><Esc>kkK< ><Esc>
Gofoo(a,< ><Esc>< >
gg/slots<CR>K< ><Esc>
G$a b< ><Esc>A)< ><Esc>
gg>>< >u< >:%s/self/this/g<CR>< >u< >:%s/args/arguments/g<CR>< >
/slots<CR>gra< >1<CR>< >< ><C-o>< >
:3,5move $<CR>< >u< >:g/^$/d<CR>< >u< >
/is not\\|is None<CR>< >K< ><Esc>
vipJ< >u< >ggVGd< >u< >
"""


def keys():
    for line in KEYS.strip().splitlines():
        yield from re.findall(r"<[^<>\s]*>|< >|.", line)


def record(nvim, pygloss, folder):
    log, sample, socket = folder / "log", folder / "sample.py", folder / "socket"
    sample.write_text(START)
    tee = folder / "bin" / "pygloss"
    tee.parent.mkdir()
    tee.write_text(f'#!/bin/sh\ntee "{log}" | "{pygloss}" "$@"\n')
    tee.chmod(0o755)
    variables = {name: str(folder / name) for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"]}
    environment = os.environ | variables | {"PATH": f"{tee.parent}:{os.environ['PATH']}"}
    enable = ["-c", f"set runtimepath+={ROOT}/editors/neovim", "-c", "lua vim.lsp.enable('pygloss')", "-c", "edit"]
    editor = subprocess.Popen([nvim, "--headless", "--clean", "--listen", socket, sample, *enable], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not log.exists() or b"didOpen" not in log.read_bytes():
        time.sleep(PAUSE)
    for key in keys():
        if key == "< >":
            time.sleep(0.4)
        else:
            press = "<lt>" if key == "<" else key
            subprocess.run([nvim, "--server", socket, "--remote-send", press], check=True, stdout=subprocess.DEVNULL)
            time.sleep(PAUSE)
    time.sleep(1)
    subprocess.run([nvim, "--server", socket, "--remote-send", "<Esc>:wa<CR>:qa!<CR>"], check=True)
    editor.wait(30)
    return log.read_bytes(), sample.read_text()


def messages(log):
    while log:
        header, _, rest = log.partition(b"\r\n\r\n")
        length = int(re.search(rb"Content-Length: (\d+)", header)[1])
        yield json.loads(rest[:length])
        log = rest[length:]


def main():
    nvim, pygloss = map(os.path.abspath, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        log, text = record(nvim, pygloss, Path(folder))
        sent = [message for message in messages(log) if "method" in message]
        lines = "".join(json.dumps(message, ensure_ascii=False) + "\n" for message in sent)
        lines = lines.replace(folder, "/project")
    lines = re.sub(r'"processId": \d+', '"processId": null', lines)
    (HERE / "editing.jsonl").write_text(lines)
    (HERE / "editing.py").write_text(text)


main()
