// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Wish.labelled;
import static dev.fairway.openstack.spec.Wish.node;
import static dev.fairway.openstack.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembersTest {
  private static List<String> members(Wish wish) {
    return wish.listener().pool().members().stream().map(Lines::member).toList();
  }

  @Test
  void membersAreOrderedByAddress() {
    assertThat(
            members(
                wish()
                    .tcp(80)
                    .nodes(node("a", "10.0.0.9"), node("b", "10.0.0.10"), node("c", "10.0.0.3"))))
        .containsExactly(
            "b 10.0.0.10:30080 in c1", "c 10.0.0.3:30080 in c1", "a 10.0.0.9:30080 in c1");
  }

  @Test
  void theFirstAddressOfTheFamilyIsTakenWhereverItIs() {
    assertThat(
            members(
                wish()
                    .tcp(80)
                    .nodes(
                        node("a", "2001:db8:1::11", "10.0.0.11", "10.9.0.11"),
                        node("b", "172.16.0.1"))))
        .containsExactly("a 10.0.0.11:30080 in c1", "b 172.16.0.1:30080 in c1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pool=edge           | a b",
        "pool                | a b c",
        "pool=edge,gpu       | b",
        " pool = edge , gpu= | ",
        "gpu=yes             | b",
        "other               | "
      })
  void theSelectorChoosesNodesByLabels(String selector, String chosen) {
    var wish =
        wish()
            .tcp(80)
            .nodes(
                labelled("a", "10.0.0.1", Map.of("pool", "edge")),
                labelled("b", "10.0.0.2", Map.of("pool", "edge", "gpu", "yes")),
                labelled("c", "10.0.0.3", Map.of("pool", "inner")))
            .with("subnet-id", Cloud.NODES.id());
    var names = chosen == null ? List.<String>of() : List.of(chosen.split(" "));

    for (var way :
        List.of(wish.with("node-selector", selector), wish.option("nodeSelector", selector))) {
      assertThat(way.listener().pool().members())
          .extracting(ListenerSpec.MemberSpec::name)
          .containsExactlyElementsOf(names);
    }
  }

  @Test
  void aSelectorThatChoosesNobodyIsTold() {
    var wish =
        wish().tcp(80).with("subnet-id", Cloud.NODES.id()).with("node-selector", "pool=edge, x");

    assertThat(wish.notes())
        .containsExactly(
            "WARNING NoNodeSelected: node selector pool=edge,x selects none of 1 nodes; check the labels with kubectl get nodes --show-labels, or change annotation loadbalancer.openstack.org/node-selector");
  }

  @Test
  void theSelectorOfAServiceReplacesThatOfTheOptions() {
    assertThat(
            members(wish().tcp(80).option("nodeSelector", "x").with("subnet-id", Cloud.id("c1"))))
        .isEmpty();
    assertThat(
            members(
                wish()
                    .tcp(80)
                    .nodes(labelled("a", "10.0.0.1", Map.of("y", "")))
                    .option("nodeSelector", "x")
                    .with("node-selector", "y")))
        .containsExactly("a 10.0.0.1:30080 in c1");
    assertThat(wish().tcp(80).option("nodeSelector", "=x").notes())
        .containsExactly(
            "BLOCKING InvalidOption: option node-selector of cloud.conf: '=x' has the element '=x', which is neither KEY=VALUE nor KEY; write labels as KEY=VALUE or KEY, separated by commas, for example 'pool=edge, example.com/ingress'");
  }

  @Test
  void nodesWithoutAnAddressAreLeftOutAndToldOnce() {
    var wish =
        wish()
            .tcp(80)
            .tcp(443)
            .nodes(
                node("e"),
                node("a", "10.0.0.11"),
                node("d", "2001:db8:1::1"),
                node("c"),
                node("b", "not an address"));

    assertThat(Lines.of(wish.spec())).contains("TCP/443 member a 10.0.0.11:30443 in c1");
    assertThat(wish.notes())
        .containsExactly(
            "WARNING NodeWithoutAddress: nodes get no traffic, because they have no InternalIP of family IPv4: b, c, d and 1 more; wait until they have joined, or exclude them with label node.kubernetes.io/exclude-from-external-load-balancers");
  }

  @Test
  void anAddressThatTwoNodesHaveIsTakenOnce() {
    var wish = wish().tcp(80).nodes(node("a", "10.0.0.11"), node("b", "10.0.0.11"));

    assertThat(members(wish)).containsExactly("a 10.0.0.11:30080 in c1");
    assertThat(wish.notes())
        .containsExactly(
            "WARNING DuplicateNodeAddress: nodes a and b both have address 10.0.0.11: it is taken once; delete the Node object that is left over");
  }

  @Test
  void nodesThatLeaveGetNoNewConnections() {
    assertThat(members(wish().tcp(80).draining(node("z", "10.0.0.2"))))
        .containsExactly("a 10.0.0.11:30080 in c1", "z 10.0.0.2:30080 in c1 draining");
    assertThat(members(wish().tcp(80).draining(node("z", "10.0.0.11"))))
        .containsExactly("a 10.0.0.11:30080 in c1");
  }

  @Test
  void withPolicyLocalAllNodesAreMembersAndTheMonitorDecides() {
    assertThat(members(wish().tcp(80).nodes(node("a", "10.0.0.1"), node("b", "10.0.0.2")).local()))
        .containsExactly(
            "a 10.0.0.1:30080 in c1 monitor 32000", "b 10.0.0.2:30080 in c1 monitor 32000");
  }

  @Test
  void ovnNeedsTheSubnetOfItsMembers() {
    var wish =
        wish().tcp(80).nodes(node("a", "172.16.0.1")).with("network-id", Cloud.NODES_NETWORK);

    assertThat(members(wish)).containsExactly("a 172.16.0.1:30080 in -");
    assertThat(wish.ovn().notes())
        .containsExactly(
            "BLOCKING SubnetUnknown: the subnet of the nodes' IPv4 addresses is not known, and provider ovn needs it; name it in annotation loadbalancer.openstack.org/member-subnet-id, or in member-subnet-id of cloud.conf");
  }
}
