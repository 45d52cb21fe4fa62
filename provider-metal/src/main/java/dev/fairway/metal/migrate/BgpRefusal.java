// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import java.util.List;
import java.util.Set;

/// What is refused as a whole: all that has to do with BGP, and kinds that nobody here knows.
/// Nothing of what stands in it is repeated, for passwords may.
final class BgpRefusal {
  private static final Set<String> BGP =
      Set.of("BGPAdvertisement", "BGPPeer", "BFDProfile", "Community");
  private static final Set<String> HANDLED = Set.of("IPAddressPool", "L2Advertisement");

  private BgpRefusal() {}

  static void of(List<Manifest> theirs, Findings findings) {
    for (var object : theirs) {
      if (BGP.contains(object.kind())) {
        findings.refused(object, "", Texts.NO_BGP);
        object
            .spec()
            .json()
            .keySet()
            .forEach(field -> findings.refused(object, "spec." + field, "needs BGP"));
      } else if (object.kind().equals("AddressPool")) {
        findings.refused(
            object,
            "",
            "the old kind, from before MetalLB 0.13: write an IPAddressPool and an L2Advertisement, and run this again");
      } else if (!HANDLED.contains(object.kind())) {
        findings.refused(object, "", "a kind that " + Texts.UNKNOWN_FIELD);
      }
    }
  }

  /// Text for FRR, which stands in a ConfigMap beside them.
  static void ofExtras(List<Manifest> configMaps, Findings findings) {
    configMaps.stream()
        .filter(object -> object.name().equals("bgpextras"))
        .forEach(object ->
            findings.refused(
                object,
                "data",
                "raw configuration of FRR, which Fairway does not run: keep MetalLB for what needs it"));
  }
}
