// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

/// Sentences that are said of more than one kind.
final class Texts {
  static final String UNKNOWN_FIELD =
      "is not known to this version of Fairway, and has no effect: see whether you can do without";

  static final String NO_BGP =
      "not served: Fairway does not speak BGP yet. Keep MetalLB for what is reached by BGP, or announce it by ARP and NDP";

  private Texts() {}
}
