# SPDX-License-Identifier: Apache-2.0
"""fairwaylab template DIRECTORY        makes a seeded control plane there, and leaves it shut down
fairwaylab run DIRECTORY [FLAGS]     starts what is there and serves until it is ended or its parent is gone; DIRECTORY/lab.json says when and where"""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from fairwaylab.config import Wishes
from fairwaylab.place import Place, free_ports, say
from fairwaylab.plane import Plane
from fairwaylab.processes import Failed


def main():
    flags = arguments()
    place = Place(flags.directory.resolve())
    ports = free_ports(flags.keystone_port, flags.neutron_port, flags.octavia_port, flags.rabbit)
    plane = Plane(place, ports, Wishes(flags.token_seconds, flags.rabbit, flags.ovn))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(128 + number))
    try:
        if flags.command == "template":
            plane.make()
            plane.shut_down()
        else:
            parent = os.getppid()
            plane.start()
            print("ready", flush=True)
            serve_while(parent, plane)
    except Failed as failure:
        say(failure)
        sys.exit(1)
    finally:
        plane.kill()


def serve_while(parent, plane):
    while os.getppid() == parent:
        plane.require_alive()
        time.sleep(0.5)


def arguments():
    parser = argparse.ArgumentParser(prog="fairwaylab")
    parser.add_argument("command", choices=("template", "run"))
    parser.add_argument("directory", type=Path)
    parser.add_argument("--keystone-port", type=int, default=0)
    parser.add_argument("--neutron-port", type=int, default=0)
    parser.add_argument("--octavia-port", type=int, default=0)
    parser.add_argument("--token-seconds", type=int, default=Wishes.token_seconds)
    parser.add_argument("--rabbit", action="store_true")
    parser.add_argument("--ovn", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
