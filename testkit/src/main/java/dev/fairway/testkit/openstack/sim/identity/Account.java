// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.identity;

/// A user with the one project it works in; both are in the domain `default`.
///
/// @param admin whether its role is `admin`; otherwise it is an ordinary member
public record Account(
    String userId, String userName, String projectId, String projectName, boolean admin) {}
