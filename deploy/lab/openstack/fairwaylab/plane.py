# SPDX-License-Identifier: Apache-2.0
"""The control plane as a whole: made once, started often."""

import json
import os
import signal
import sys
from pathlib import Path

from fairwaylab import broker, config, database, ovn, rest, seed
from fairwaylab.place import PASSWORD, REGION, say
from fairwaylab.processes import Child, Failed, await_that, run_all

SERVICES = ("keystone", "neutron", "octavia")
START_SECONDS = 120


class Plane:
    def __init__(self, place, ports, wishes):
        self.place = place
        self.ports = ports
        self.wishes = wishes
        self.children = []
        self.infrastructure = 0  # how many of them the services write to
        self.ovn = ovn.Ovn(place)

    def make(self):
        """From nothing to a seeded cloud. Takes most of its time for the schemas."""
        self.place.make()
        config.make_authority(self.place)
        config.write(self.place, self.ports, self.wishes)
        database.install(self.place)
        self.start_infrastructure()
        database.execute(self.place, None, *[f"CREATE DATABASE {name} CHARACTER SET utf8mb4" for name in SERVICES])
        say("schemas of Keystone, Neutron and Octavia")
        run_all(self.schemas())
        say("users and catalogue")
        self.serve("keystone")
        self.await_service("keystone")
        seed.services(self.ports)
        self.serve("neutron")
        self.serve_octavia()
        self.await_service("neutron")
        self.await_service("octavia")
        say("projects and networks")
        self.place.seed.write_text(json.dumps(seed.tenants(self.ports, ovn.CHASSIS if self.wishes.ovn else None), indent=1))

    def start(self):
        """From a seeded directory to answering services; then the description is there."""
        self.place.make()
        self.place.description.unlink(missing_ok=True)
        config.write(self.place, self.ports, self.wishes)
        self.start_infrastructure()
        self.move_catalogue()
        self.serve("keystone")
        self.serve("neutron")
        self.serve_octavia()
        for service in SERVICES:
            self.await_service(service)
        self.warm_up()
        self.describe()

    def start_infrastructure(self):
        self.children.append(database.start(self.place))
        if self.wishes.ovn:
            self.children += self.ovn.start()
            say("OVN is up")
        self.infrastructure = len(self.children)

    # The addresses of the last time are in the catalogue.
    def move_catalogue(self):
        changes = [("UPDATE endpoint JOIN service ON service.id = endpoint.service_id SET endpoint.url = %s WHERE service.type = %s", (url, kind))
                   for kind, url in self.endpoints().items()]
        database.execute(self.place, "keystone", *changes)

    def endpoints(self):
        return {"identity": self.ports.identity, "network": self.ports.network, "load-balancer": self.ports.load_balancer}

    # The driver in Octavia's API asks the agent while it is loaded.
    def serve_octavia(self):
        if self.wishes.ovn:
            self.spawn("octavia-driver-agent", sys.executable, "-m", "fairwaylab.agent", config.file(self.place, "octavia"))
            sockets = [self.place.root / "octavia" / f"{name}.sock" for name in ("status", "stats", "get")]
            await_that(lambda: all(socket.exists() for socket in sockets), "octavia-driver-agent", START_SECONDS, *self.children)
        if not self.wishes.rabbit:
            self.serve("octavia", "worker")
            return
        self.children += broker.start(self.place, self.ports.rabbit)
        self.serve("octavia")
        worker = ["octavia-worker", "--config-file", config.file(self.place, "octavia"), "--log-file", self.place.logs / "octavia-worker.log"]
        self.spawn("octavia-worker", *script(*worker))

    def serve(self, service, *words):
        port = getattr(self.ports, service)
        self.spawn(service, sys.executable, "-m", "fairwaylab.serve", service, config.file(self.place, service), port, *words)

    def spawn(self, name, *command):
        paths = ovn.paths() if self.wishes.ovn else {}  # Neutron starts clients of OVN
        self.children.append(Child(name, self.place.logs / f"{name}-output.log", command, environment(self.place) | paths))

    def await_service(self, service):
        url = f"{self.endpoints()[{'keystone': 'identity', 'neutron': 'network', 'octavia': 'load-balancer'}[service]]}/"
        await_that(lambda: rest.answers(url), service, START_SECONDS, *self.children)
        say(f"{service} answers")

    # Each service reads its policies with its first request, and refuses some of those that come at the same time. The load balancer
    # without a subnet is refused after Octavia has asked Neutron.
    def warm_up(self):
        admin = rest.Session(self.ports.identity, "admin", "admin")
        admin.get(f"{self.ports.network}/v2.0/networks")
        balancers = f"{self.ports.load_balancer}/v2/lbaas/loadbalancers"
        admin.get(balancers)
        try:
            admin.post(balancers, "loadbalancer", vip_subnet_id="00000000-0000-4000-8000-000000000000")
        except Failed:
            pass

    def describe(self):
        text = json.dumps(json.loads(self.place.seed.read_text()) | {
            "auth_url": self.ports.identity,
            "network_url": self.ports.network,
            "load_balancer_url": self.ports.load_balancer,
            "database_socket": str(self.place.socket),
            **({"ovn": self.ovn.describe()} if self.wishes.ovn else {}),
            "processes": {child.name: child.process.pid for child in self.children},
        }, indent=1)
        new = self.place.description.with_suffix(".new")
        new.write_text(text)
        new.rename(self.place.description)  # whoever sees it sees all of it

    def require_alive(self):
        for child in self.children:
            child.require_alive()

    def shut_down(self):
        """In peace, so that what is in the directory can be started from again."""
        below, services = self.children[:self.infrastructure], self.children[self.infrastructure:]
        for child in services:
            child.signal(signal.SIGTERM)
        for child in services:
            child.stop(15)
        for child in reversed(below):
            child.stop(15)

    def kill(self):
        for child in self.children:
            child.signal(signal.SIGKILL)
        for child in self.children:
            child.kill()

    def schemas(self):
        return {
            "keystone": (self.place.logs / "keystone-schema.log", self.keystone_schema(), environment(self.place)),
            "neutron": (self.place.logs / "neutron-schema.log", [
                script("neutron-db-manage", "--config-file", config.file(self.place, "neutron"), "upgrade", "heads")], environment(self.place)),
            "octavia": (self.place.logs / "octavia-schema.log", [
                script("octavia-db-manage", "--config-file", config.file(self.place, "octavia"), "upgrade", "head")], environment(self.place)),
        }

    def keystone_schema(self):
        manage = script("keystone-manage", "--config-file", config.file(self.place, "keystone"))
        url = self.ports.identity
        # Where they run as root they ask to be told whose keys these are.
        owner = ["--keystone-user", "root", "--keystone-group", "root"] if os.geteuid() == 0 else []
        return [
            [*manage, "db_sync"],
            [*manage, "fernet_setup", *owner],
            [*manage, "credential_setup", *owner],
            [*manage, "bootstrap", "--bootstrap-password", PASSWORD, "--bootstrap-region-id", REGION, "--bootstrap-public-url", url,
             "--bootstrap-internal-url", url, "--bootstrap-admin-url", url],
        ]


# Not by its first line, which names the directory where it was installed first.
def script(name, *words):
    return [sys.executable, Path(sys.prefix) / "bin" / name, *words]


def environment(place):
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")} | {
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "XDG_CACHE_HOME": str(place.root / "cache"),  # of the entry points
        "TMPDIR": str(place.root / "tmp"),  # Neutron knows its first start by a file there that has the number of its parent process
        "ASGI_WORKERS": "1",  # what Neutron cannot ask the web server
        "HOME": str(place.root),
    }
