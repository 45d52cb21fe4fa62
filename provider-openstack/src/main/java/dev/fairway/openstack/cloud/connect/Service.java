// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

/// A service of OpenStack, as the catalogue names it.
public enum Service {
  LOAD_BALANCER("load-balancer", "octavia", "/v2.0"),
  NETWORK("network", "neutron", "/v2.0"),
  KEY_MANAGER("key-manager", "barbican", "/v1");

  private final String type;
  private final String project;
  private final String version;

  Service(String type, String project, String version) {
    this.type = type;
    this.project = project;
    this.version = version;
  }

  /// The type in the catalogue (service-types-authority).
  public String type() {
    return type;
  }

  /// The project that makes it, in metrics: `octavia`.
  public String project() {
    return project;
  }

  /// The version of its API that is called, before each path.
  String version() {
    return version;
  }
}
