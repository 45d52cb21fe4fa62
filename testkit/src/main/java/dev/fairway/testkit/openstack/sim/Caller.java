// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim;

/// On whose behalf a request is made.
///
/// @param project the id of the project of the token
/// @param admin whether the policies for administrators let it pass
public record Caller(String project, boolean admin) {
  public boolean mayRead(String owner) {
    return admin || project.equals(owner);
  }
}
