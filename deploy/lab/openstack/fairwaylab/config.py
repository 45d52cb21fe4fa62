# SPDX-License-Identifier: Apache-2.0
"""The configuration files of the three services."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fairwaylab.database import url
from fairwaylab.ovn import Ovn
from fairwaylab.place import ADDRESS, PASSWORD, REGION

CA_PASSPHRASE = "lab-ca"


@dataclass(frozen=True)
class Wishes:
    """What a test may want otherwise: the lifetime of tokens, a broker in place of a worker in the API's process, and networks and load
    balancers by OVN, through which packets go."""

    token_seconds: int = 86_400
    rabbit: bool = False
    ovn: bool = False


KEYSTONE = """[DEFAULT]
log_file = {place.logs}/keystone.log
public_endpoint = http://{address}:{ports.keystone}
[database]
connection = {database}
max_pool_size = 20
[token]
provider = fernet
expiration = {wishes.token_seconds}
allow_expired_window = 0
[fernet_tokens]
key_repository = {place.keys}/fernet
[credential]
key_repository = {place.keys}/credential
[identity]
password_hash_rounds = 4
[cache]
enabled = true
backend = oslo_cache.dict
[oslo_messaging_notifications]
driver = noop
"""

NEUTRON = """[DEFAULT]
log_file = {place.logs}/neutron.log
core_plugin = ml2
service_plugins = {routers}
auth_strategy = keystone
api_paste_config = {prefix}/etc/neutron/api-paste.ini
state_path = {place.root}/neutron
transport_url = fake://
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
dhcp_agent_notification = false
api_workers = 1
rpc_workers = 0
rpc_state_report_workers = 0
[oslo_concurrency]
lock_path = {place.root}/neutron/lock
[database]
connection = {database}
max_pool_size = 20
[quotas]
default_quota = -1
quota_port = -1
quota_network = -1
quota_subnet = -1
quota_floatingip = -1
quota_router = -1
quota_security_group = -1
quota_security_group_rule = -1
[oslo_messaging_notifications]
driver = noop
[ml2]
type_drivers = local,flat,geneve
tenant_network_types = {network_type}
mechanism_drivers = {mechanism}
extension_drivers = port_security
[ml2_type_flat]
flat_networks = *
[ml2_type_geneve]
vni_ranges = 1:1000
max_header_size = 38
[securitygroup]
enable_security_group = true
{ovn}"""

OVN = """[ovn]
ovn_nb_connection = {ovn_url_nb}
ovn_sb_connection = {ovn_url_sb}
"""

# client_ca is read when an amphora is built: without it every load balancer ends in ERROR.
OCTAVIA = """[DEFAULT]
log_file = {place.logs}/octavia.log
transport_url = {transport}
executor_thread_pool_size = 4
use_journal = false
[database]
connection = {database}
max_pool_size = 20
[api_settings]
bind_host = {address}
bind_port = {ports.octavia}
auth_strategy = keystone
enabled_provider_drivers = amphora: The Octavia Amphora driver., octavia: Another name of the Amphora driver.{providers}
default_provider_driver = amphora
allow_tls_terminated_listeners = true
allow_prometheus_listeners = true
api_base_uri = {ports.load_balancer}
[oslo_messaging]
topic = octavia_prov
[controller_worker]
workers = 1
amphora_driver = amphora_noop_driver
compute_driver = fairway_compute
network_driver = fairway_network
image_driver = image_noop_driver
volume_driver = volume_noop_driver
amp_flavor_id = lab
amp_image_tag = lab
amp_boot_network_list = 00000000-0000-4000-8000-000000000001
amp_active_wait_sec = 1
amp_active_retries = 5
amphora_delay = 0
client_ca = {place.keys}/ca.pem
loadbalancer_topology = SINGLE
[task_flow]
engine = serial
[certificates]
cert_generator = local_cert_generator
cert_manager = noop_cert_manager
ca_certificate = {place.keys}/ca.pem
ca_private_key = {place.keys}/ca.key
ca_private_key_passphrase = {passphrase}
server_certs_key_passphrase = insecure-key-do-not-use-this-key
[health_manager]
bind_ip = {address}
heartbeat_key = lab
controller_ip_port_list = {address}:5555
[networking]
max_retries = 2
retry_interval = 1
[driver_agent]
status_socket_path = {place.root}/octavia/status.sock
stats_socket_path = {place.root}/octavia/stats.sock
get_socket_path = {place.root}/octavia/get.sock
enabled_provider_agents = {agents}
[oslo_messaging_notifications]
driver = noop
[service_auth]
auth_url = {ports.identity}
auth_type = password
username = octavia
password = {password}
project_name = service
user_domain_id = default
project_domain_id = default
[neutron]
endpoint_override = {ports.network}
region_name = {region}
{ovn}"""

# The services ask Keystone about each token once and remember the answer this long.
TOKENS = """[keystone_authtoken]
www_authenticate_uri = {ports.identity}
auth_url = {ports.identity}
auth_type = password
username = {user}
password = {password}
project_name = service
user_domain_id = default
project_domain_id = default
token_cache_time = {cache_seconds}
"""


WITHOUT_PACKETS = {"routers": "router", "network_type": "local", "mechanism": "logger", "providers": "", "agents": "", "ovn": ""}


def by_ovn(place):
    urls = {f"ovn_url_{name}": Ovn(place).url(name) for name in ("nb", "sb")}
    return {"routers": "ovn-router", "network_type": "geneve", "mechanism": "ovn", "providers": ", ovn: The Octavia OVN driver.",
            "agents": "ovn", "ovn": OVN.format(**urls)}


def write(place, ports, wishes):
    # A token must not be good for longer than it says.
    tokens = {"ports": ports, "password": PASSWORD, "cache_seconds": min(300, max(1, wishes.token_seconds // 4))}
    common = {"place": place, "ports": ports, "wishes": wishes, "address": ADDRESS, "password": PASSWORD, "region": REGION}
    network = by_ovn(place) if wishes.ovn else WITHOUT_PACKETS
    transport = f"rabbit://guest:guest@{ADDRESS}:{ports.rabbit}/" if wishes.rabbit else "fake://"
    texts = {
        "keystone": KEYSTONE.format(**common, database=url(place, "keystone")),
        "neutron": NEUTRON.format(**common, **network, database=url(place, "neutron"), prefix=Path(sys.prefix).resolve())
        + TOKENS.format(**tokens, user="neutron"),
        "octavia": OCTAVIA.format(**common, **network, database=url(place, "octavia"), transport=transport, passphrase=CA_PASSPHRASE)
        + TOKENS.format(**tokens, user="octavia"),
    }
    for service, text in texts.items():
        file(place, service).write_text(text)


def file(place, service):
    directory = place.etc / service
    directory.mkdir(exist_ok=True)
    return directory / f"{service}.conf"


def make_authority(place):
    """The authority that signs the amphorae's certificates."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-days", "3650", "-subj", "/CN=fairway-lab",
         "-passout", f"pass:{CA_PASSPHRASE}", "-keyout", place.keys / "ca.key", "-out", place.keys / "ca.pem"],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
