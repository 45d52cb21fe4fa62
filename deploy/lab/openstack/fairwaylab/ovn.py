# SPDX-License-Identifier: Apache-2.0
"""OVN with one chassis whose switch forwards in user space: no module of the kernel is needed.

The switch lives in a network namespace of its own, so that none of its interfaces is ever seen outside and all of them end with it.
Everybody speaks to it, and to the databases, through sockets in the file system."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from fairwaylab.processes import Child, Failed, await_that

PACKAGES = "FAIRWAY_OVN"  # where the programs are unpacked; without it those of the system serve
CHASSIS = "fairway-lab"
PHYSICAL_NETWORK = "external"
INTEGRATION, EXTERNAL = "br-int", "br-ex"
START_SECONDS = 60

# Unpacked as Debian has them, and where a system has them.
DIRECTORIES = ("usr/bin", "usr/sbin", "bin", "sbin", "usr/lib/openvswitch-switch", "usr/local/bin", "usr/local/sbin")
PROGRAMS = ("ovsdb-server", "ovsdb-tool", "ovsdb-client", "ovs-vsctl", "ovs-vswitchd", "ovn-northd", "ovn-controller", "ovn-nbctl", "ovn-sbctl", "ethtool")
SCHEMAS = {"nb": "usr/share/ovn/ovn-nb.ovsschema", "sb": "usr/share/ovn/ovn-sb.ovsschema", "switch": "usr/share/openvswitch/vswitch.ovsschema"}


class Ovn:
    def __init__(self, place):
        self.place = place
        self.directory = place.root / "ovn"
        self.switch = None

    def start(self):
        """From nothing, or from the databases that are there. Returns the children, in the order in which they began."""
        require_programs()
        self.directory.mkdir(exist_ok=True)
        self.database("switch").unlink(missing_ok=True)  # the switch's own is made anew each time: its ports are
        children = [self.serve_database(name) for name in SCHEMAS]
        await_that(lambda: all(self.socket(name).exists() for name in SCHEMAS), "the databases of OVN", START_SECONDS, *children)
        self.run("ovn-nbctl", "nb", "--no-leader-only", "init")
        self.run("ovn-sbctl", "sb", "--no-leader-only", "init")
        children.append(self.child("ovn-northd", f"--ovnnb-db={self.url('nb')}", f"--ovnsb-db={self.url('sb')}", self.control("northd")))
        self.describe_chassis()
        self.switch = self.child("ovs-vswitchd", self.url("switch"), "--disable-system", self.control("vswitchd"), wrapper=namespace())
        children.append(self.switch)
        children.append(self.child("ovn-controller", self.url("switch")))
        await_that(self.is_chassis, "the chassis of OVN", START_SECONDS, *children)
        return children

    def describe_chassis(self):
        ids = {
            "system-id": CHASSIS,
            "hostname": CHASSIS,
            "ovn-remote": self.url("sb"),
            "ovn-encap-type": "geneve",
            "ovn-encap-ip": "127.0.0.1",
            "ovn-bridge-datapath-type": "netdev",
            "ovn-bridge-mappings": f"{PHYSICAL_NETWORK}:{EXTERNAL}",
            "ovn-cms-options": "enable-chassis-as-gw",
            "ovn-monitor-all": "true",
        }
        command = ["--no-wait", "init", "--", "set", "open", "."]
        command += [f'external_ids:{key}="{value}"' for key, value in ids.items()]
        for bridge, mode in ((INTEGRATION, "secure"), (EXTERNAL, "standalone")):
            command += ["--", "add-br", bridge, "--", "set", "bridge", bridge, "datapath_type=netdev", f"fail-mode={mode}"]
        self.run("ovs-vsctl", "switch", *command)

    def is_chassis(self):
        return CHASSIS in self.run("ovn-sbctl", "sb", "--no-leader-only", "--bare", "--columns=name", "list", "chassis")

    def serve_database(self, name):
        path = self.database(name)
        if not path.exists():
            subprocess.run([program("ovsdb-tool"), "create", path, file(SCHEMAS[name])], check=True, env=environment(self.directory))
        return self.child("ovsdb-server", path, f"--remote=punix:{self.socket(name)}", self.control(f"{name}-db"), name=f"ovsdb-{name}")

    def child(self, command, *words, name=None, wrapper=()):
        name = name or command
        log = self.place.logs / f"{name}.log"
        return Child(name, log, [*wrapper, program(command), *words], environment(self.directory))

    def run(self, command, database, *words):
        done = subprocess.run([program(command), f"--db={self.url(database)}", "--timeout=30", *words],
                              env=environment(self.directory), stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"{command}: {done.stderr.strip()}")
        return done.stdout

    def describe(self):
        """What whoever plugs a machine in has to know."""
        return {
            "programs": {name: program(name) for name in PROGRAMS},
            "libraries": libraries(),
            "switch_socket": str(self.socket("switch")),
            "northbound_socket": str(self.socket("nb")),
            "southbound_socket": str(self.socket("sb")),
            "switch_process": self.switch.process.pid,
            "chassis": CHASSIS,
            "integration_bridge": INTEGRATION,
            "external_bridge": EXTERNAL,
        }

    def url(self, name):
        return f"unix:{self.socket(name)}"

    def socket(self, name):
        return self.directory / f"{name}.sock"

    def database(self, name):
        return self.directory / f"{name}.db"

    def control(self, name):
        return f"--unixctl={self.directory}/{name}.ctl"


def require_programs():
    for name in PROGRAMS:
        program(name)


# Not only in a namespace of users: there even root has none of the host's rights.
def namespace():
    own = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *own, "--net"]


def roots():
    given = os.environ.get(PACKAGES)
    return [Path(given), Path("/")] if given else [Path("/")]


def program(name):
    for root in roots():
        found = shutil.which(name, path=":".join(str(root / directory) for directory in DIRECTORIES))
        if found:
            return found
    raise Failed(f"there is no {name}, please install the packages ovn-central, ovn-host, openvswitch-switch and ethtool")


def file(path):
    for root in roots():
        if (root / path).exists():
            return root / path
    raise Failed(f"there is no {path} in {', '.join(map(str, roots()))}")


def libraries():
    return ":".join(str(root / "usr/lib" / f"{platform.machine()}-linux-gnu") for root in roots()[:-1])


def environment(directory):
    own = {f"{what}_{kind}": str(directory) for what in ("OVS", "OVN") for kind in ("RUNDIR", "LOGDIR", "DBDIR")}
    return os.environ | own | paths()


def paths():
    """With which the programs are found, and find their libraries."""
    directories = [str(root / directory) for root in roots()[:-1] for directory in DIRECTORIES]
    return {"PATH": ":".join([*directories, os.environ.get("PATH", "")]), "LD_LIBRARY_PATH": libraries()}
