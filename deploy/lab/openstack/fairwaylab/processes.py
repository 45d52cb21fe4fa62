# SPDX-License-Identifier: Apache-2.0
"""Child processes that cannot outlive this one."""

import ctypes
import os
import signal
import subprocess
import time

PR_SET_PDEATHSIG = 1  # prctl(2)
PAUSE_SECONDS = 0.05


class Failed(Exception):
    """What to tell the user, in one line."""


class Child:
    def __init__(self, name, log, command, environment):
        self.name = name
        self.log = log
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def require_alive(self):
        if self.process.poll() is not None:
            raise Failed(f"{self.name} ended with status {self.process.returncode}, see {self.log}:\n{tail(self.log)}")

    def signal(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass

    def stop(self, seconds):
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def await_that(question, what, seconds, *children):
    """Asks again and again; ends early when one of the children does."""
    deadline = time.monotonic() + seconds
    while not question():
        for child in children:
            child.require_alive()
        if time.monotonic() > deadline:
            raise Failed(f"waited {seconds} s in vain for {what}")
        time.sleep(PAUSE_SECONDS)


def run_all(steps):
    """Runs the steps {name: (log, commands, environment)} side by side, the commands of each one after the other."""
    running = {name: (iter(commands), None, log, environment) for name, (log, commands, environment) in steps.items()}
    while running:
        for name, (commands, child, log, environment) in list(running.items()):
            if child is None or child.process.poll() == 0:
                command = next(commands, None)
                if command is None:
                    del running[name]
                else:
                    running[name] = (commands, Child(name, log, command, environment), log, environment)
            else:
                child.process.poll() is None or child.require_alive()
        time.sleep(PAUSE_SECONDS)


def tail(log, lines=8):
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError as error:
        return f"(no log: {error})"
