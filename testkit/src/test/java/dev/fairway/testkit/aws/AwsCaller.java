// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Backend;
import dev.fairway.testkit.aws.query.QueryCall;
import java.util.ArrayList;
import java.util.List;

/// Raw calls as a controller would make them.
record AwsCaller(Backend endpoint, AwsNetwork network) {
  Answer elb(String action, String... parameters) {
    return endpoint.send(QueryCall.to(AwsSeed.REGION, QueryCall.ELB, action, parameters));
  }

  Answer ec2(String action, String... parameters) {
    return endpoint.send(QueryCall.to(AwsSeed.REGION, QueryCall.EC2, action, parameters));
  }

  Answer loadBalancer(String name, String... more) {
    return elb(
        "CreateLoadBalancer",
        with(
            more,
            "Name",
            name,
            "Type",
            "network",
            "Scheme",
            "internal",
            "Subnets.member.1",
            network.privateSubnets().firstEntry().getValue()));
  }

  Answer targetGroup(String name, String protocol, String... more) {
    return elb(
        "CreateTargetGroup",
        with(
            more,
            "Name",
            name,
            "Protocol",
            protocol,
            "Port",
            "30080",
            "VpcId",
            network.vpcId(),
            "TargetType",
            "instance"));
  }

  Answer listener(String loadBalancer, String protocol, int port, String group, String... more) {
    return elb(
        "CreateListener",
        with(
            more,
            "LoadBalancerArn",
            loadBalancer,
            "Protocol",
            protocol,
            "Port",
            "" + port,
            "DefaultActions.member.1.Type",
            "forward",
            "DefaultActions.member.1.TargetGroupArn",
            group));
  }

  /// A load balancer, and its ARN.
  String balancer(String name, String... more) {
    return loadBalancer(name, more).text("LoadBalancerArn").orElseThrow();
  }

  /// A target group, and its ARN.
  String group(String name, String protocol) {
    return targetGroup(name, protocol).text("TargetGroupArn").orElseThrow();
  }

  /// A security group, and its id.
  String securityGroup(String name) {
    return ec2(
            "CreateSecurityGroup",
            "GroupName",
            name,
            "GroupDescription",
            name,
            "VpcId",
            network.vpcId())
        .text("groupId")
        .orElseThrow();
  }

  Answer register(String group, String... ids) {
    return targets("RegisterTargets", group, ids);
  }

  Answer deregister(String group, String... ids) {
    return targets("DeregisterTargets", group, ids);
  }

  List<String> health(String group) {
    return elb("DescribeTargetHealth", "TargetGroupArn", group).texts("State");
  }

  private Answer targets(String action, String group, String... ids) {
    var parameters = new ArrayList<>(List.of("TargetGroupArn", group));
    for (int i = 0; i < ids.length; i++) {
      parameters.addAll(List.of("Targets.member." + (i + 1) + ".Id", ids[i]));
    }
    return elb(action, parameters.toArray(String[]::new));
  }

  /// What an answer says in one word: AWS's code, or `ok`.
  static String verdict(Answer answer) {
    return answer.code().orElse(answer.ok() ? "ok" : "HTTP " + answer.status());
  }

  /// Later pairs win over the defaults.
  private static String[] with(String[] more, String... defaults) {
    var all = new ArrayList<>(List.of(defaults));
    var given = List.of(more);
    for (int i = all.size() - 2; i >= 0; i -= 2) {
      if (given.contains(all.get(i)) || given.contains("-" + all.get(i))) {
        all.remove(i + 1);
        all.remove(i);
      }
    }
    for (int i = 0; i < given.size(); i += 2) {
      if (!given.get(i).startsWith("-")) {
        all.addAll(given.subList(i, i + 2));
      }
    }
    return all.toArray(String[]::new);
  }
}
