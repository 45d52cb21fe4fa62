// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import dev.fairway.cloud.Detail.State;
import java.util.List;

/// Something that is wrong with a VIP, and what to do about it.
sealed interface VipCause {

  /// In one line.
  String text();

  default State state() {
    return State.FAILING;
  }

  /// Before its first use, a host was found that has the address.
  record Taken(String mac) implements VipCause {
    @Override
    public String text() {
      return "the host %s has this address, so no node announces it; %s".formatted(mac, REMOVE);
    }
  }

  /// A host that is no node answers.
  ///
  /// @param alone whether nobody else was heard
  record HostAnswers(String mac, boolean alone, String owner) implements VipCause {
    @Override
    public String text() {
      return "the host %s, which is no node of the cluster, answers for it %s %s; %s"
          .formatted(mac, alone ? "instead of" : "beside", owner, REMOVE);
    }
  }

  /// The kernel of a node has the address on an interface and answers.
  ///
  /// @param holders the interfaces
  /// @param ipvs whether kube-proxy put it there
  record KernelAnswers(String node, String mac, List<String> holders, boolean ipvs)
      implements VipCause {
    @Override
    public String text() {
      var begin =
          "the kernel of %s answers for it with %s, because it has the address on %s"
              .formatted(node, mac, String.join(", ", holders));
      return ipvs
          ? begin
              + " (kube-proxy in IPVS mode) and arp_ignore is 0; set ipvs.strictARP: true in the"
              + " configuration of kube-proxy"
          : begin
              + "; take it off there, or have the kernel keep silent:"
              + " net.ipv4.conf.all.arp_ignore=1, net.ipv4.conf.all.arp_announce=2";
    }
  }

  /// A node answers, and neither its speaker nor its kernel admits it.
  record NodeAnswers(String node, String mac) implements VipCause {
    @Override
    public String text() {
      return "%s answers for it too, with %s, and it is not its speaker; look there for another"
              .formatted(node, mac)
          + " program that announces addresses, and for proxy_arp";
    }
  }

  /// More than one speaker announces it.
  record TwoAnnounce(List<String> nodes) implements VipCause {
    @Override
    public String text() {
      return "%s announce it at the same time, so they do not hear each other's heartbeats; let"
              .formatted(String.join(" and ", nodes))
          + " UDP of the heartbeat port (7474) pass between the nodes";
    }
  }

  /// The owner would like to announce it.
  record CannotAnnounce(String node, String why) implements VipCause {
    @Override
    public String text() {
      return "%s is to announce it and cannot: %s".formatted(node, why);
    }
  }

  /// The owner's speaker does not answer, and nobody answers for the address.
  record SpeakerSilent(String node, String why) implements VipCause {
    @Override
    public String text() {
      return "nobody answers for it, and the speaker of %s, which is to, does not answer either: %s;"
              .formatted(node, why)
          + " look at the pod of the DaemonSet fairway-speaker there";
    }
  }

  /// The owner's speaker works and does not announce it.
  ///
  /// @param last what it did last
  record NotYetAnnounced(String node, String last) implements VipCause {
    @Override
    public State state() {
      return State.WAITING;
    }

    @Override
    public String text() {
      return "%s is to announce it and does not yet%s"
          .formatted(node, last.isEmpty() ? "" : "; it last " + last);
    }
  }

  /// The owner says that it answers, and no other node heard it.
  ///
  /// @param by who asked
  record Unheard(String node, List<String> by) implements VipCause {
    @Override
    public String text() {
      return "%s announces it, but %s asked and heard nobody; look at what filters ARP and neighbour"
              .formatted(node, String.join(" and ", by))
          + " discovery between them: VLANs, port security, ebtables";
    }
  }

  /// The owner drops what comes from clients that it would not answer by the same interface.
  ///
  /// @param subnets of the interface: clients there are served
  /// @param dropped how many packets so far; 0 if only clients that may come would be concerned
  record ReversePathFilter(
      String node, String interfaceName, int setting, List<String> subnets, long dropped)
      implements VipCause {
    @Override
    public State state() {
      return dropped > 0 ? State.FAILING : State.OK;
    }

    @Override
    public String text() {
      return "%s drops what clients outside of %s send to it (%d packets since it started): rp_filter is"
              .formatted(node, String.join(", ", subnets), dropped)
          + " %d on %s and no default route leads back there; add a route, or set"
              .formatted(setting, interfaceName)
          + " net.ipv4.conf.%s.rp_filter=%s".formatted(interfaceName, setting == 1 ? "2" : "0");
    }
  }

  /// The owner has no way to answer clients outside of its networks.
  ///
  /// @param dropped how many packets for want of a route
  record NoWayBack(String node, List<String> subnets, long dropped) implements VipCause {
    @Override
    public State state() {
      return dropped > 0 ? State.FAILING : State.OK;
    }

    @Override
    public String text() {
      return "%s has no default route, so clients outside of %s get no answer (%d packets without a"
              .formatted(node, String.join(", ", subnets), dropped)
          + " route since it started); add a route on the node";
    }
  }

  String REMOVE =
      "find it (the switch knows its port) and give it another address, or have the pool avoid"
          + " this one (spec.avoid)";
}
