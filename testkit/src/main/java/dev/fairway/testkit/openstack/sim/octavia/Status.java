// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

/// The words of Octavia for what state something is in.
public final class Status {
  public static final String ACTIVE = "ACTIVE";
  public static final String ERROR = "ERROR";
  public static final String PENDING_CREATE = "PENDING_CREATE";
  public static final String PENDING_UPDATE = "PENDING_UPDATE";
  public static final String PENDING_DELETE = "PENDING_DELETE";
  public static final String ONLINE = "ONLINE";
  public static final String OFFLINE = "OFFLINE";
  public static final String NO_MONITOR = "NO_MONITOR";

  static final String PROVISIONING = "provisioning_status";
  static final String OPERATING = "operating_status";

  private Status() {}

  static boolean pending(String status) {
    return status.startsWith("PENDING_");
  }
}
