# SPDX-License-Identifier: Apache-2.0
"""A private RabbitMQ node on loopback, with an epmd of its own."""

import glob
import os
import socket

from fairwaylab.place import ADDRESS
from fairwaylab.processes import Child, Failed, await_that

SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server"
START_SECONDS = 150  # 7 on an idle machine

OPTIONS = """listeners.tcp.1 = {address}:{port}
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 50MB
log.file.level = warning
"""


def start(place, port):
    if not os.access(SERVER, os.X_OK):
        raise Failed(f"there is no {SERVER}, please install the package rabbitmq-server")
    home = place.root / "rabbit"
    (home / "mnesia").mkdir(parents=True, exist_ok=True)
    (place.etc / "rabbitmq.conf").write_text(OPTIONS.format(address=ADDRESS, port=port))
    (place.etc / "rabbitmq-plugins").write_text("[].")
    epmd = Child("epmd", place.logs / "epmd.log", [epmd_program(), "-address", ADDRESS, "-port", port + 1], os.environ.copy())
    server = Child("rabbitmq", place.logs / "rabbitmq.log", [SERVER], environment(place, home, port))
    await_that(lambda: listens(port), "RabbitMQ", START_SECONDS, epmd, server)
    return [epmd, server]


def environment(place, home, port):
    return os.environ | {
        "HOME": str(home),
        "RABBITMQ_NODENAME": f"fairway{port}@localhost",
        "RABBITMQ_CONFIG_FILE": str(place.etc / "rabbitmq.conf"),
        "RABBITMQ_MNESIA_BASE": str(home / "mnesia"),
        "RABBITMQ_LOG_BASE": str(place.logs),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(place.etc / "rabbitmq-plugins"),
        "RABBITMQ_PID_FILE": str(home / "pid"),
        "RABBITMQ_DIST_PORT": str(port + 2),
        "ERL_EPMD_ADDRESS": ADDRESS,
        "ERL_EPMD_PORT": str(port + 1),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
    }


def epmd_program():
    found = sorted(glob.glob("/usr/lib/erlang/erts-*/bin/epmd"))
    if not found:
        raise Failed("there is no epmd, please install the package rabbitmq-server")
    return found[-1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex((ADDRESS, port)) == 0
