// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;

/// What is to be known of other stations, and who is told when one claims a VIP of ours.
public interface Rivals {

  /// Whether the Ethernet address belongs to another speaker of the cluster. A speaker that claims
  /// a VIP is reported, but not defended against: it may be its turn, and two speakers that defend
  /// would send the clients back and forth. Called for every such claim, also under a lock: must
  /// not block.
  boolean isSpeaker(MacAddress mac);

  /// Another station was heard to claim a VIP that is announced here; at most once a second for
  /// each VIP and interface. Called on the thread that answers, with no lock held: may call the
  /// announcer, must return soon.
  void heard(Rival rival);

  /// Takes every station for a speaker, so that nobody is defended against, and tells nobody.
  static Rivals ignored() {
    return new Rivals() {
      @Override
      public boolean isSpeaker(MacAddress mac) {
        return true;
      }

      @Override
      public void heard(Rival rival) {}
    };
  }
}
