// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import java.util.List;

/// Somebody whom the API server knows by a token; what the user may do is up to RBAC objects.
///
/// @param name as RBAC subjects name it, for example
///   `system:serviceaccount:fairway-system:fairway-controller`
/// @param groups as RBAC subjects name them
public record User(String name, List<String> groups) {
  /// May do everything.
  static final User ADMIN = new User("admin", List.of("system:masters"));

  public User {
    groups = List.copyOf(groups);
  }

  /// What the API server takes a pod's service account for.
  public static User serviceAccount(String namespace, String name) {
    return new User(
        "system:serviceaccount:%s:%s".formatted(namespace, name),
        List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace));
  }

  String token() {
    return "token-of-" + name.replace(':', '-');
  }

  /// A line of the static token file: token, user, uid, groups.
  String tokenLine() {
    return "%s,%s,%s,\"%s\"".formatted(token(), name, name, String.join(",", groups));
  }
}
