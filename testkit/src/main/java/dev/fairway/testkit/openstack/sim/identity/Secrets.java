// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.identity;

/// What proves who a caller is; may be changed at any time.
///
/// @param password of every account
/// @param credentialId of the application credential of the first account
/// @param credentialName its name
/// @param credentialSecret its secret
public record Secrets(
    String password, String credentialId, String credentialName, String credentialSecret) {
  @Override
  public String toString() {
    return "Secrets[...]";
  }
}
