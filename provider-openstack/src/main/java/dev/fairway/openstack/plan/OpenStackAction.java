// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.openstack.spec.AccessRule;
import dev.fairway.openstack.spec.Frame;
import dev.fairway.openstack.spec.Half;
import dev.fairway.openstack.spec.ListenerSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// The writes of the OpenStack provider. Each is one call, unless it says otherwise.
public sealed interface OpenStackAction extends Action {
  /// Makes something.
  sealed interface Creation extends OpenStackAction {
    @Override
    default Effect effect() {
      return Effect.CREATE;
    }
  }

  /// Changes something without interrupting anybody.
  sealed interface Change extends OpenStackAction {
    @Override
    default Effect effect() {
      return Effect.UPDATE;
    }
  }

  /// Takes something away.
  sealed interface Deletion extends OpenStackAction {
    @Override
    default Effect effect() {
      return Effect.DELETE;
    }
  }

  /// Something about a load balancer that is there: it has to wait while Octavia is at work on it.
  sealed interface OnBalancer extends OpenStackAction {
    /// Its id.
    String balancer();
  }

  /// Makes a load balancer with all that is on it.
  ///
  /// @param listeners with all their tags
  /// @param preferred an address that it had before; it is made without when that cannot be had
  /// @param besides ids of load balancers of the same half that are there already
  record CreateBalancer(
      Half half,
      String name,
      String description,
      Frame frame,
      Optional<String> preferred,
      List<ListenerSpec> listeners,
      SortedSet<String> tags,
      Set<String> besides)
      implements Creation {
    @Override
    public String summary() {
      return "create load balancer %s (%s) with %s"
          .formatted(
              name,
              frame.provider(),
              listeners.stream().map(ListenerSpec::part).collect(Collectors.joining(", ")));
    }
  }

  /// Makes a load balancer of the present controller ours.
  record Adopt(String balancer, String name, SortedSet<String> tags) implements Change, OnBalancer {
    @Override
    public String summary() {
      return "take over load balancer %s (%s)".formatted(name, balancer);
    }
  }

  /// Reads what is on a load balancer that is somebody else's, before something is put there. Some
  /// lists.
  record LookAt(String balancer, String name) implements Change, OnBalancer {
    @Override
    public String summary() {
      return "read what is on load balancer %s (%s)".formatted(name, balancer);
    }
  }

  /// Makes ours what the present controller made for a Service on a load balancer that it shares.
  /// One call for each listener.
  record ClaimParts(String balancer, String theirName) implements Change, OnBalancer {
    @Override
    public String summary() {
      return "take over the listeners of %s on load balancer %s".formatted(theirName, balancer);
    }
  }

  record SetTags(String balancer, SortedSet<String> tags) implements Change, OnBalancer {
    @Override
    public String summary() {
      return "set tags %s of load balancer %s".formatted(tags, balancer);
    }
  }

  /// Asks Octavia to build up a broken load balancer anew.
  record FailOver(String balancer) implements OnBalancer {
    @Override
    public Effect effect() {
      return Effect.DISRUPT;
    }

    @Override
    public String summary() {
      return "fail over load balancer %s, which is in ERROR".formatted(balancer);
    }
  }

  /// Deletes a load balancer with all that is on it.
  ///
  /// @param why in words that follow its name
  record DeleteBalancer(String balancer, String name, Effect effect, String why)
      implements OnBalancer {
    @Override
    public String summary() {
      return "delete load balancer %s (%s)%s"
          .formatted(name, balancer, why.isEmpty() ? "" : ", " + why);
    }
  }

  /// Takes a floating IP out of the pool. One call for each subnet until one has an address.
  ///
  /// @param half of the load balancer that it leads to
  /// @param balancer id of that; empty while it is not made
  record CreateFloatingIp(
      Half half,
      Optional<String> balancer,
      String network,
      List<String> subnets,
      Optional<String> address,
      String description)
      implements Creation {
    @Override
    public String summary() {
      return "create floating IP %sin network %s"
          .formatted(address.map(a -> a + " ").orElse(""), network);
    }
  }

  /// Makes a floating IP lead to a load balancer.
  record LeadFloatingIp(String id, String address, Half half, Optional<String> balancer)
      implements Change {
    @Override
    public String summary() {
      return "lead floating IP %s to the load balancer".formatted(address);
    }
  }

  /// Makes a floating IP lead nowhere.
  record DetachFloatingIp(String id, String address) implements OpenStackAction {
    @Override
    public Effect effect() {
      return Effect.DELETE;
    }

    @Override
    public String summary() {
      return "detach floating IP %s".formatted(address);
    }
  }

  record DescribeFloatingIp(String id, String address, String description) implements Change {
    @Override
    public String summary() {
      return "describe floating IP %s as '%s'".formatted(address, description);
    }
  }

  record DeleteFloatingIp(String id, String address) implements Deletion {
    @Override
    public String summary() {
      return "delete floating IP %s".formatted(address);
    }
  }

  record CreateListener(String balancer, String name, ListenerSpec listener, PoolRef pool)
      implements Creation, OnBalancer {
    @Override
    public String summary() {
      return "create listener %s %d on load balancer %s"
          .formatted(listener.protocol(), listener.port(), balancer);
    }
  }

  record UpdateListener(String balancer, String listener, String part, Changes changes)
      implements Change, OnBalancer {
    @Override
    public String summary() {
      return "change listener %s (%s): %s".formatted(listener, part, changes);
    }
  }

  /// Sends the connections of a listener to another pool.
  record SwitchPool(String balancer, String listener, String part, PoolRef pool)
      implements Change, OnBalancer {
    @Override
    public String summary() {
      return "point listener %s (%s) at %s".formatted(listener, part, pool);
    }
  }

  /// @param replaced whether another one follows in its place
  record DeleteListener(
      String balancer, String listener, String part, Effect effect, boolean replaced)
      implements OnBalancer {
    @Override
    public String summary() {
      return "delete listener %s (%s)".formatted(listener, part);
    }
  }

  record CreatePool(String balancer, String name, String part, ListenerSpec.PoolSpec pool)
      implements Creation, OnBalancer {
    @Override
    public String summary() {
      return "create %s pool for %s on load balancer %s".formatted(pool.protocol(), part, balancer);
    }
  }

  record UpdatePool(String balancer, String pool, String part, Changes changes)
      implements Change, OnBalancer {
    @Override
    public String summary() {
      return "change pool %s (%s): %s".formatted(pool, part, changes);
    }
  }

  record DeletePool(String balancer, String pool) implements Deletion, OnBalancer {
    @Override
    public String summary() {
      return "delete pool %s".formatted(pool);
    }
  }

  /// Adds members, or changes some, and leaves all others alone.
  record AddMembers(String balancer, PoolRef pool, List<MemberWish> members)
      implements Change, OnBalancer {
    public AddMembers {
      members = List.copyOf(members);
    }

    @Override
    public String summary() {
      return "add to %s: %s".formatted(pool, Texts.some(members));
    }
  }

  /// Sets all members. Those that are not among them go.
  record SetMembers(String balancer, PoolRef pool, List<MemberWish> members)
      implements Change, OnBalancer {
    public SetMembers {
      members = List.copyOf(members);
    }

    @Override
    public String summary() {
      return "set the members of %s to %s".formatted(pool, Texts.some(members));
    }
  }

  record CreateMonitor(String balancer, PoolRef pool, String name, ListenerSpec.MonitorSpec monitor)
      implements Creation, OnBalancer {
    @Override
    public String summary() {
      return "check the members of %s by %s every %d s"
          .formatted(pool, monitor.type(), monitor.delaySeconds());
    }
  }

  record UpdateMonitor(String balancer, String pool, String monitor, Changes changes)
      implements Change, OnBalancer {
    @Override
    public String summary() {
      return "change health monitor %s: %s".formatted(monitor, changes);
    }
  }

  record DeleteMonitor(String balancer, String pool, String monitor)
      implements Deletion, OnBalancer {
    @Override
    public String summary() {
      return "no longer check the members of pool %s (monitor %s)".formatted(pool, monitor);
    }
  }

  /// Lets traffic in at the nodes: rules of the cluster's security group, and the group at the
  /// ports of nodes. One call for the group if there is none, one for all rules, one to find ports,
  /// and one for each port that lacks the group.
  ///
  /// @param nodes addresses of nodes
  /// @param subnets ids of those in which the load balancer looks for them
  record AdmitTraffic(List<AccessRule> rules, List<String> nodes, List<String> subnets)
      implements Change {
    public AdmitTraffic {
      rules = List.copyOf(rules);
      nodes = List.copyOf(nodes);
      subnets = List.copyOf(subnets);
    }

    @Override
    public String summary() {
      return "let in %s at %s".formatted(Texts.some(rules), Texts.some(nodes));
    }
  }

  /// Takes away rules that were there for this load balancer alone. One call for each.
  ///
  /// @param atOnce whether not to wait for Octavia to be done with the load balancer: they let in
  ///   more than is wanted
  record DenyTraffic(List<AccessRule> rules, boolean atOnce) implements Change {
    public DenyTraffic {
      rules = List.copyOf(rules);
    }

    @Override
    public String summary() {
      return "no longer let in %s at the nodes".formatted(Texts.some(rules));
    }
  }

  /// Takes the cluster's security group away from the nodes, and deletes it: the last load balancer
  /// goes. One call to find ports, one for each that has it, and one for the group.
  record WithdrawAccess(String group) implements Deletion {
    @Override
    public String summary() {
      return "delete security group %s, which no load balancer needs any more".formatted(group);
    }
  }
}
