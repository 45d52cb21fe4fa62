# SPDX-License-Identifier: Apache-2.0
"""A private OpenStack control plane (Keystone, Neutron, Octavia) on loopback, without virtual machines."""
