# SPDX-License-Identifier: Apache-2.0
"""What is in the cloud before the first test: service users and catalogue, two projects, networks, ports of nodes."""

import uuid

from fairwaylab.place import PASSWORD, REGION
from fairwaylab.rest import Session

LOAD_BALANCER_ROLES = ("load-balancer_member", "load-balancer_admin", "load-balancer_observer")
NODES = 3


def services(ports):
    """The users that the services are, and where they are found. Needs Keystone only."""
    admin = Session(ports.identity, "admin", "admin")
    roles = known_roles(admin)
    for name in LOAD_BALANCER_ROLES:
        roles.get(name) or admin.post(f"{admin.identity}/roles", "role", name=name)
    project = admin.post(f"{admin.identity}/projects", "project", name="service", domain_id="default")["id"]
    for name, kind, url in (("neutron", "network", ports.network), ("octavia", "load-balancer", ports.load_balancer)):
        make_user(admin, name, project, [roles[role] for role in ("admin", "service") if role in roles])
        service = admin.post(f"{admin.identity}/services", "service", name=name, type=kind)["id"]
        for interface in ("public", "internal", "admin"):
            admin.post(f"{admin.identity}/endpoints", "endpoint",
                       service_id=service, interface=interface, region_id=REGION, url=url)


def tenants(ports, chassis=None):
    """The rest. Needs all services. Returns the description without what depends on the place.

    chassis: where OVN is to look for the machines of the project demo"""
    admin = Session(ports.identity, "admin", "admin")
    roles = known_roles(admin)
    external = external_network(admin, ports.network + "/v2.0")
    demo = tenant(admin, roles, ports, "demo", "198.19.0.0/20", "2001:db8:1::/64", external["network"])
    other = tenant(admin, roles, ports, "other", "198.19.32.0/20", "2001:db8:2::/64", external["network"])
    # Two addresses, to run out of them. Only now: Neutron gives routers an address of any subnet.
    external["small_subnet"] = external_subnet(
        admin, ports.network + "/v2.0", external["network"], "public-small", "198.18.16.0/29", "198.18.16.2", "198.18.16.3", "small")
    if chassis:
        for machine in demo["nodes"]:
            admin.put(f"{ports.network}/v2.0/ports/{machine['port']}", {"port": {"binding:host_id": chassis}})
    return {
        "region": REGION,
        "admin": {"user": "admin", "password": PASSWORD, "project": "admin"},
        "external": external,
        "demo": demo,
        "other": other,
        **choices(admin, ports.load_balancer + "/v2/lbaas"),
    }


def known_roles(admin):
    return {role["name"]: role["id"] for role in admin.get(f"{admin.identity}/roles")["roles"]}


def make_user(admin, name, project, roles):
    user = admin.post(f"{admin.identity}/users", "user", name=name, password=PASSWORD, domain_id="default")["id"]
    for role in roles:
        admin.put(f"{admin.identity}/projects/{project}/users/{user}/roles/{role}")


def external_network(admin, neutron):
    attributes = {"router:external": True, "provider:network_type": "flat", "provider:physical_network": "external"}
    network = admin.post(f"{neutron}/networks", "network", name="public", **attributes)["id"]
    large = external_subnet(admin, neutron, network, "public-subnet", "198.18.0.0/20", "198.18.0.10", "198.18.15.250", "large")
    return {"network": network, "subnet": large}


def external_subnet(admin, neutron, network, name, cidr, first, last, tag):
    subnet = admin.post(f"{neutron}/subnets", "subnet", name=name, network_id=network, ip_version=4, cidr=cidr,
                        enable_dhcp=False, allocation_pools=[{"start": first, "end": last}])["id"]
    admin.put(f"{neutron}/subnets/{subnet}/tags", {"tags": [tag]})
    return subnet


def tenant(admin, roles, ports, name, cidr, cidr6, external):
    project = admin.post(f"{admin.identity}/projects", "project", name=name, domain_id="default")["id"]
    make_user(admin, name, project, [roles["member"], roles.get("load-balancer_member") or known_roles(admin)["load-balancer_member"]])
    session = Session(ports.identity, name, name)
    credential = session.post(
        f"{session.identity}/users/{session.user}/application_credentials", "application_credential",
        name="fairway", roles=[{"name": "member"}, {"name": "load-balancer_member"}])
    return {
        "user": name,
        "user_id": session.user,
        "password": PASSWORD,
        "project": name,
        "project_id": project,
        "application_credential_id": credential["id"],
        "application_credential_secret": credential["secret"],
        **private_network(session, ports.network + "/v2.0", cidr, cidr6, external),
    }


def private_network(session, neutron, cidr, cidr6, external):
    network = session.post(f"{neutron}/networks", "network", name="private")["id"]
    subnet = session.post(f"{neutron}/subnets", "subnet", name="private-subnet", network_id=network,
                          ip_version=4, cidr=cidr, enable_dhcp=False)["id"]
    subnet6 = session.post(f"{neutron}/subnets", "subnet", name="private-subnet6", network_id=network,
                           ip_version=6, cidr=cidr6, gateway_ip=cidr6.replace("::/64", "::1"), enable_dhcp=False)["id"]
    router = session.post(f"{neutron}/routers", "router", name="router", external_gateway_info={"network_id": external})["id"]
    session.put(f"{neutron}/routers/{router}/add_router_interface", {"subnet_id": subnet})
    nodes = [node(session, neutron, number, network, subnet, subnet6) for number in range(1, NODES + 1)]
    return {"network": network, "subnet": subnet, "subnet6": subnet6, "router": router, "nodes": nodes}


def node(session, neutron, number, network, subnet, subnet6):
    """The port of a machine, as Nova would have made it."""
    machine = str(uuid.uuid4())
    port = session.post(f"{neutron}/ports", "port", name=f"node-{number}", network_id=network, device_id=machine,
                        device_owner="compute:nova", fixed_ips=[{"subnet_id": subnet}, {"subnet_id": subnet6}])
    addresses = {ip["subnet_id"]: ip["ip_address"] for ip in port["fixed_ips"]}
    return {"name": f"node-{number}", "id": machine, "port": port["id"],
            "address": addresses[subnet], "address6": addresses[subnet6]}


def choices(admin, octavia):
    """A flavor and an availability zone for load balancers."""
    profile = admin.post(f"{octavia}/flavorprofiles", "flavorprofile", name="lab", provider_name="amphora",
                         flavor_data='{"loadbalancer_topology": "SINGLE"}')["id"]
    flavor = admin.post(f"{octavia}/flavors", "flavor", name="lab", flavor_profile_id=profile, enabled=True)["id"]
    profile = admin.post(f"{octavia}/availabilityzoneprofiles", "availability_zone_profile", name="lab",
                         provider_name="amphora", availability_zone_data='{"compute_zone": "lab"}')["id"]
    admin.post(f"{octavia}/availabilityzones", "availability_zone", name="lab-zone",
               availability_zone_profile_id=profile, enabled=True)
    return {"flavor": flavor, "availability_zone": "lab-zone"}
