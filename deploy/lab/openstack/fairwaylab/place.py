# SPDX-License-Identifier: Apache-2.0
"""Where a control plane keeps its files, and where its services listen."""

import random
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

ADDRESS = "127.0.0.1"
REGION = "RegionOne"
# Nobody else's: the control plane listens on loopback only and is thrown away.
PASSWORD = "lab-secret"

# Below node ports and ephemeral ports, so that no outgoing connection takes one of them meanwhile.
LOWEST_PORT, HIGHEST_PORT = 20_000, 29_999


@dataclass(frozen=True)
class Place:
    """The directory of one control plane."""

    root: Path

    @property
    def etc(self):
        return self.root / "etc"

    @property
    def logs(self):
        return self.root / "log"

    @property
    def keys(self):
        return self.root / "keys"

    @property
    def database(self):
        return self.root / "db"

    @property
    def socket(self):
        return self.root / "db.sock"

    @property
    def seed(self):
        return self.root / "seed.json"

    @property
    def description(self):
        """What says, once everything answers, where it is."""
        return self.root / "lab.json"

    def make(self):
        shutil.rmtree(self.root / "tmp", ignore_errors=True)
        shutil.rmtree(self.root / "octavia", ignore_errors=True)
        for directory in (self.etc, self.logs, self.root / "tmp", self.keys, self.root / "neutron" / "lock", self.root / "octavia"):
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)


@dataclass(frozen=True)
class Ports:
    keystone: int
    neutron: int
    octavia: int
    rabbit: int = 0

    @property
    def identity(self):
        return f"http://{ADDRESS}:{self.keystone}/v3"

    @property
    def network(self):
        return f"http://{ADDRESS}:{self.neutron}"

    @property
    def load_balancer(self):
        return f"http://{ADDRESS}:{self.octavia}"


def free_ports(keystone=0, neutron=0, octavia=0, rabbit=False):
    """The given ports, and free ones in place of zeros. RabbitMQ needs three in a row."""
    return Ports(keystone or free(), neutron or free(), octavia or free(), free(3) if rabbit else 0)


def free(count=1):
    for _ in range(200):
        first = random.randint(LOWEST_PORT, HIGHEST_PORT - count)
        if all(is_free(first + i) for i in range(count)):
            return first
    raise RuntimeError("no free TCP port on loopback")


def is_free(port):
    with socket.socket() as probe:
        try:
            probe.bind((ADDRESS, port))
            return True
        except OSError:
            return False


def say(text):
    print(f"fairway: {text}", file=sys.stderr, flush=True)
