# SPDX-License-Identifier: Apache-2.0
"""Octavia's compute driver for a cloud without Nova: no machine is built, but ports are attached to the one that
is not there by giving the real Neutron port its device_id, as Nova would."""

from types import SimpleNamespace

from octavia.common import clients
from octavia.compute.drivers.noop_driver import driver

MADE_HERE = "fairway-lab-"


class LabCompute(driver.NoopComputeDriver):
    def attach_network_or_port(self, compute_id, network_id=None, ip_address=None, port_id=None):
        if port_id:
            port = neutron().update_port(port_id, device_id=compute_id)
        else:
            wanted = {"fixed_ips": [{"ip_address": ip_address}]} if ip_address else {}
            port = neutron().create_port(
                network_id=network_id, device_id=compute_id, name=MADE_HERE + compute_id, **wanted)
        addresses = [{"subnet_id": ip["subnet_id"], "ip_address": ip["ip_address"]} for ip in port.fixed_ips]
        return SimpleNamespace(net_id=port.network_id, port_id=port.id, id=port.id, fixed_ips=addresses)

    def detach_port(self, compute_id, port_id):
        network = neutron()
        if network.find_port(port_id):
            network.update_port(port_id, device_id="")

    # Nova deletes the ports it has made itself.
    def delete(self, compute_id):
        network = neutron()
        for port in network.ports(device_id=compute_id):
            if port.name.startswith(MADE_HERE):
                network.delete_port(port.id)


def neutron():
    client = clients.NeutronAuth.get_neutron_client()
    return getattr(client, "network", client)
