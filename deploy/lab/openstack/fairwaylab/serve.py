# SPDX-License-Identifier: Apache-2.0
"""One service in one process: python -m fairwaylab.serve keystone|neutron|octavia CONFIGURATION PORT [worker]"""

import os
import sys

import waitress

from fairwaylab.place import ADDRESS

# Octavia holds a lock on the project from the first to the last step of making a load balancer: more threads would only wait for it,
# until the database gives up on them (503 "Project busy").
THREADS = {"keystone": 8, "neutron": 8, "octavia": 4}

# Python lets a thread that waits for its turn wait 5 ms; those of Octavia wait for hundreds of answers of the database, one by one.
SWITCH_SECONDS = 0.0005


def keystone(configuration):
    os.environ["OS_KEYSTONE_CONFIG_FILES"] = configuration
    from keystone.wsgi.api import application

    return application


def neutron(configuration):
    os.environ["OS_NEUTRON_CONFIG_DIR"] = os.path.dirname(configuration)
    os.environ["OS_NEUTRON_CONFIG_FILES"] = configuration
    from neutron.wsgi.api import application

    return application


def octavia(configuration):
    from fairwaylab.drivers import use_configured_sockets

    use_configured_sockets(os.path.join(os.environ["HOME"], "octavia"))
    sys.argv += ["--config-file", configuration]
    from octavia.wsgi.api import application

    return application


def work():
    """Octavia's worker in the process of its API: what they say to each other needs no broker."""
    from octavia.controller.queue.v2 import consumer
    from oslo_config import cfg

    worker = consumer.ConsumerService(0, cfg.CONF)
    worker.run()
    return worker


if __name__ == "__main__":
    service, configuration, port, *rest = sys.argv[1:]
    sys.argv = [service]  # which they would take for their own
    sys.setswitchinterval(SWITCH_SECONDS)
    application = {"keystone": keystone, "neutron": neutron, "octavia": octavia}[service](configuration)
    worker = work() if "worker" in rest else None
    waitress.serve(application, host=ADDRESS, port=int(port), threads=THREADS[service], ident=None)
