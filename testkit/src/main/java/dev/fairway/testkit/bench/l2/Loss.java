// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.world.NodeHost;

/// How a node is lost, and how it comes back.
enum Loss {
  /// Its cable is pulled.
  CUT {
    @Override
    void strike(L2World world, NodeHost node) {
      node.unplug();
    }

    @Override
    void mend(L2World world, NodeHost node) {
      node.heal();
    }
  },
  /// Its speaker is killed; its kernel still forwards.
  KILL {
    @Override
    void strike(L2World world, NodeHost node) {
      world.speaker(node).kill9();
    }

    @Override
    void mend(L2World world, NodeHost node) {
      world.startSpeaker(node);
    }
  };

  abstract void strike(L2World world, NodeHost node);

  abstract void mend(L2World world, NodeHost node);
}
