// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.List;

/// Which addresses a load balancer group should have.
///
/// @param families the families in order of preference, at least one
/// @param requireAll whether a load balancer that lacks one of the families is of no use
///   (`ipFamilyPolicy: RequireDualStack`); otherwise the first that can be had will do
/// @param addresses the very addresses that the user asked for, as literals; empty means: any
/// @param preferred addresses that users of the group connect to already, as literals: they are
///   taken when they can be had and nothing was asked for, and are no reason to wait
public record AddressRequest(
    List<IpFamily> families, boolean requireAll, List<String> addresses, List<String> preferred) {
  public AddressRequest {
    families = List.copyOf(families);
    addresses = List.copyOf(addresses);
    preferred = List.copyOf(preferred);
    if (families.isEmpty()) {
      throw new IllegalArgumentException("an address request needs at least one IP family");
    }
  }
}
