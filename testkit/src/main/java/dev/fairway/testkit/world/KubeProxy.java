// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.kube.KubeBinaries;
import java.nio.file.Path;
import java.util.List;

/// The command line of kube-proxy in nftables mode.
final class KubeProxy {
  /// `/healthz` answers 200 here when the rules are in place.
  static final int HEALTH_PORT = 10_256;

  private KubeProxy() {}

  static List<String> command(KubeBinaries binaries, Path kubeconfig, String node) {
    return List.of(
        binaries.proxy(),
        "--kubeconfig=" + kubeconfig,
        "--hostname-override=" + node,
        "--proxy-mode=nftables",
        "--cluster-cidr=" + Addresses.POD_CIDR,
        // The limits of connection tracking belong to the machine; a namespace may not write them.
        "--conntrack-max-per-core=0",
        "--conntrack-min=0",
        "--conntrack-tcp-timeout-established=0",
        "--conntrack-tcp-timeout-close-wait=0",
        "--healthz-bind-address=0.0.0.0:" + HEALTH_PORT,
        "--metrics-bind-address=127.0.0.1:10249",
        "--nodeport-addresses=0.0.0.0/0");
  }
}
