// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.PortBlock;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.spec.AddressType;
import dev.fairway.aws.spec.GroupSpec;
import dev.fairway.aws.spec.HealthCheckSpec;
import dev.fairway.aws.spec.ListenerProtocol;
import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.aws.spec.Tls;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The writes of the AWS provider. Each is one call, or one for every 200 targets. They name what
/// they mean by its name: at the time of planning it may have no ARN yet.
public sealed interface AwsAction extends Action {
  /// Makes something.
  sealed interface Creation extends AwsAction {
    @Override
    default Effect effect() {
      return Effect.CREATE;
    }
  }

  /// Changes something without interrupting anybody.
  sealed interface Change extends AwsAction {
    @Override
    default Effect effect() {
      return Effect.UPDATE;
    }
  }

  /// Takes something away.
  sealed interface Deletion extends AwsAction {
    @Override
    default Effect effect() {
      return Effect.DELETE;
    }
  }

  /// Makes the security group that all load balancers of the cluster share.
  record CreateBackendGroup(String name, SortedMap<String, String> tags) implements Creation {
    @Override
    public String summary() {
      return "create security group %s for the load balancers of this cluster".formatted(name);
    }
  }

  record CreateFrontGroup(String name, SortedMap<String, String> tags) implements Creation {
    @Override
    public String summary() {
      return "create security group %s for clients".formatted(name);
    }
  }

  record AllowClients(String group, List<IngressRule> rules) implements Change {
    @Override
    public String summary() {
      return "allow %s in security group %s".formatted(rules, group);
    }
  }

  record DenyClients(String group, List<IngressRule> rules) implements Change {
    @Override
    public String summary() {
      return "no longer allow %s in security group %s".formatted(rules, group);
    }
  }

  /// Lets the nodes take traffic of load balancers.
  ///
  /// @param instances ids of instances by which the nodes' groups can be found
  record OpenNodePorts(List<PortBlock> blocks, List<String> instances) implements Change {
    @Override
    public String summary() {
      return "open ports %s of the nodes to load balancers".formatted(blocks);
    }
  }

  record CreateTargetGroup(String name, GroupSpec group, SortedMap<String, String> tags)
      implements Creation {
    @Override
    public String summary() {
      return "create target group %s (%s %s, port %d)"
          .formatted(name, group.type(), group.protocol(), group.port());
    }
  }

  record ModifyHealthCheck(String group, HealthCheckSpec check) implements Change {
    @Override
    public String summary() {
      return "check the targets of %s by %s on %s every %d s"
          .formatted(group, check.protocol(), check.port(), check.intervalSeconds());
    }
  }

  record SetGroupAttributes(String group, SortedMap<String, String> attributes) implements Change {
    @Override
    public String summary() {
      return "set %s of target group %s".formatted(attributes, group);
    }
  }

  record Register(String group, List<TargetId> targets) implements Change {
    @Override
    public String summary() {
      return "register %s with target group %s".formatted(Texts.some(targets), group);
    }
  }

  record Deregister(String group, List<TargetId> targets) implements Change {
    @Override
    public String summary() {
      return "deregister %s from target group %s".formatted(Texts.some(targets), group);
    }
  }

  /// Reads what is registered, and brings it to this.
  record SyncTargets(String group, List<TargetId> targets) implements Change {
    @Override
    public String summary() {
      return "compare the targets of %s with the %d that should be there"
          .formatted(group, targets.size());
    }
  }

  record CreateBalancer(
      String name,
      Scheme scheme,
      AddressType addressType,
      List<SubnetMapping> mappings,
      GroupSet groups,
      SortedMap<String, String> tags)
      implements Creation {
    @Override
    public String summary() {
      return "create network load balancer %s (%s, %s) in %s"
          .formatted(
              name, scheme, addressType, mappings.stream().map(SubnetMapping::subnetId).toList());
    }
  }

  record SetBalancerAttributes(String balancer, SortedMap<String, String> attributes)
      implements Change {
    @Override
    public String summary() {
      return "set %s of load balancer %s".formatted(attributes, balancer);
    }
  }

  record SetAddressType(String balancer, AddressType addressType) implements Change {
    @Override
    public String summary() {
      return "make load balancer %s %s".formatted(balancer, addressType);
    }
  }

  /// @param takesAway whether a subnet that serves clients goes
  record SetSubnets(String balancer, List<SubnetMapping> mappings, boolean takesAway)
      implements AwsAction {
    @Override
    public Effect effect() {
      return takesAway ? Effect.DISRUPT : Effect.UPDATE;
    }

    @Override
    public String summary() {
      return "put load balancer %s into %s"
          .formatted(balancer, mappings.stream().map(SubnetMapping::subnetId).toList());
    }
  }

  record SetGroups(String balancer, GroupSet groups, Optional<String> privateLink)
      implements Change {
    @Override
    public String summary() {
      return "give load balancer %s the security groups %s".formatted(balancer, Texts.of(groups));
    }
  }

  record CreateListener(
      String balancer,
      int port,
      ListenerProtocol protocol,
      Optional<Tls> tls,
      String group,
      SortedMap<String, String> tags)
      implements Creation {
    @Override
    public String summary() {
      return "listen on %s/%d of load balancer %s for target group %s"
          .formatted(protocol, port, balancer, group);
    }
  }

  record ModifyListener(
      String balancer, int port, ListenerProtocol protocol, Optional<Tls> tls, String group)
      implements Change {
    @Override
    public String summary() {
      return "change the listener on port %d of load balancer %s: %s to target group %s"
          .formatted(port, balancer, protocol, group);
    }
  }

  record DeleteListener(String balancer, int port) implements Deletion {
    @Override
    public String summary() {
      return "stop listening on port %d of load balancer %s".formatted(port, balancer);
    }
  }

  record SetListenerAttributes(String balancer, int port, SortedMap<String, String> attributes)
      implements Change {
    @Override
    public String summary() {
      return "set %s of the listener on port %d of load balancer %s"
          .formatted(attributes, port, balancer);
    }
  }

  /// @param certificates ARNs
  record AddCertificates(String balancer, int port, List<String> certificates) implements Change {
    @Override
    public String summary() {
      return "add certificates %s to port %d of load balancer %s"
          .formatted(certificates, port, balancer);
    }
  }

  /// @param certificates ARNs
  record RemoveCertificates(String balancer, int port, List<String> certificates)
      implements Change {
    @Override
    public String summary() {
      return "remove certificates %s from port %d of load balancer %s"
          .formatted(certificates, port, balancer);
    }
  }

  record TagBalancer(String balancer, Map<String, String> tags, List<String> removed)
      implements Change {
    @Override
    public String summary() {
      return "tag load balancer %s with %s".formatted(balancer, Texts.tags(tags, removed));
    }
  }

  record TagTargetGroup(String group, Map<String, String> tags, List<String> removed)
      implements Change {
    @Override
    public String summary() {
      return "tag target group %s with %s".formatted(group, Texts.tags(tags, removed));
    }
  }

  record DeleteBalancer(String balancer) implements Deletion {
    @Override
    public String summary() {
      return "delete load balancer %s".formatted(balancer);
    }
  }

  record DeleteTargetGroup(String group) implements Deletion {
    @Override
    public String summary() {
      return "delete target group %s".formatted(group);
    }
  }

  record DeleteFrontGroup(String group) implements Deletion {
    @Override
    public String summary() {
      return "delete security group %s".formatted(group);
    }
  }

  /// Reads a load balancer that is to be taken over. Changes nothing.
  ///
  /// @param name its name
  /// @param services `namespace/name` of those that it could have been made for
  record InspectBalancer(String arn, String name, List<String> services) implements Change {
    @Override
    public String summary() {
      return "look at load balancer %s, which is to be taken over".formatted(name);
    }
  }

  /// Makes a load balancer ours that is there already, with those of its parts that are changed or
  /// not needed any more: what is not ours is not touched, and the policy of an account may see to
  /// that.
  ///
  /// @param parts ARNs of listeners and target groups
  /// @param tags for all of them
  record TakeOver(String arn, String balancer, List<String> parts, SortedMap<String, String> tags)
      implements Change {
    @Override
    public String summary() {
      return "take over load balancer %s, and %d of its listeners and target groups"
          .formatted(balancer, parts.size());
    }
  }

  /// Tells clients of another load balancer from now on. It writes down when.
  record RetireBalancer(String balancer, String successor) implements Change {
    @Override
    public String summary() {
      return "let load balancer %s take the place of %s".formatted(successor, balancer);
    }
  }

  /// Leaves a load balancer that was taken over to itself.
  ///
  /// @param tags the keys of those that go
  record ReleaseBalancer(String balancer, List<String> tags) implements Change {
    @Override
    public String summary() {
      return "let go of load balancer %s, which stays".formatted(balancer);
    }
  }
}
