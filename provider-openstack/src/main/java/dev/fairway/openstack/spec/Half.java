// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

/// A group with two IP families has two load balancers where one cannot have both addresses.
public enum Half {
  /// The only one, or that of the first family.
  MAIN("main"),
  /// That of the second family.
  SECOND("second");

  private final String text;

  Half(String text) {
    this.text = text;
  }

  /// As it stands in tags.
  @Override
  public String toString() {
    return text;
  }
}
