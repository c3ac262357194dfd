"""Run a program on a terminal of 80 columns, and pass on what it prints: terminal.py PROGRAM ARGUMENT..."""

import fcntl
import os
import pty
import signal
import struct
import sys
import termios

signal.alarm(120)  # A program that waits for somebody to type ends with its terminal.
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", 40, 80, 0, 0))
    os.execv(sys.argv[1], sys.argv[1:])
said = b""
try:
    while part := os.read(terminal, 4096):
        said += part
except OSError:
    pass  # On Linux, this is how a terminal ends.
sys.stdout.buffer.write(said.replace(b"\r\n", b"\n"))
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
