# SPDX-License-Identifier: Apache-2.0
"""Octavia's network driver, which asks Neutron once which extensions it has."""

from octavia.network.drivers.neutron.allowed_address_pairs import AllowedAddressPairsDriver


class LabNetwork(AllowedAddressPairsDriver):
    """Octavia makes a driver for each step of a load balancer, and each driver lists all extensions four times: that was a third of all
    the time that a load balancer took."""

    extensions = {}

    def _check_extension_enabled(self, extension_alias):
        if extension_alias not in self.extensions:
            self.extensions[extension_alias] = super()._check_extension_enabled(extension_alias)
        return self.extensions[extension_alias]
