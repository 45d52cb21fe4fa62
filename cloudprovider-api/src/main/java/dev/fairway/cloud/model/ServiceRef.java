// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

/// One Service that takes part in a load balancer group.
///
/// @param uid the object's uid: a Service deleted and created again under its old name is another
///   one
public record ServiceRef(String namespace, String name, String uid) {
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
