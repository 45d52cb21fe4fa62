// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

/// A text that must not be shown. It has no `toString` of use, so that no message, log or
/// collection shows it by accident.
public record Secret(String revealed) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
