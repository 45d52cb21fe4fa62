// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeRolesTest {
  private static final Duration DRAIN = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Map<String, String> EXCLUDED = Map.of(NodeView.EXCLUDE_LABEL, "");
  private static final Set<String> TAINTED = Set.of(NodeView.AUTOSCALER_TAINT);

  private NodeRoles roles =
      NodeRoles.none().next(List.of(node("a"), node("b"), node("c")), NOW, DRAIN);

  @Test
  void nodesAreTargetsInTheOrderOfTheirNames() {
    look(0, node("c"), node("a"), node("b"));

    assertThat(targets()).containsExactly("a", "b", "c");
    assertThat(draining()).isEmpty();
    assertThat(roles.nextEnd(DRAIN)).isEmpty();
  }

  @Test
  void aTaintedNodeDrainsFromTheTimeThatStandsInTheTaint() {
    look(10, node("a"), node("b"), tainted("c", 5));
    assertThat(targets()).containsExactly("a", "b");
    assertThat(draining()).containsExactly("c");
    assertThat(roles.nextEnd(DRAIN)).contains(NOW.plusSeconds(35));

    look(34, node("a"), node("b"), tainted("c", 5));
    assertThat(draining()).containsExactly("c");
    look(35, node("a"), node("b"), tainted("c", 5));
    assertThat(draining()).isEmpty();
    assertThat(targets()).containsExactly("a", "b");
    assertThat(roles.nextEnd(DRAIN)).isEmpty();
  }

  @Test
  void aTaintWithoutTimeCountsFromWhenItWasSeen() {
    var tainted = view("c", false, Map.of(), TAINTED, Optional.empty());
    look(10, node("a"), tainted);

    assertThat(draining()).containsExactly("c");
    assertThat(roles.nextEnd(DRAIN)).contains(NOW.plusSeconds(40));
  }

  @Test
  void aNodeThatIsBeingDeletedDrainsUntilItsObjectIsGone() {
    look(10, node("a"), view("c", true, Map.of(), Set.of(), Optional.of(NOW.plusSeconds(10))));
    assertThat(draining()).containsExactly("c");

    look(12, node("a"));
    assertThat(draining()).isEmpty();
  }

  @Test
  void anExcludedNodeDrainsOnlyIfItTookTraffic() {
    look(10, node("a"), view("c", false, EXCLUDED, Set.of(), Optional.empty()));
    assertThat(draining()).containsExactly("c");
    look(41, node("a"), view("c", false, EXCLUDED, Set.of(), Optional.empty()));
    assertThat(draining()).isEmpty();
    look(50, node("a"), view("c", false, EXCLUDED, Set.of(), Optional.empty()));
    assertThat(draining()).as("and not once more").isEmpty();

    look(60, node("a"), view("new", false, EXCLUDED, Set.of(), Optional.empty()));
    assertThat(draining()).isEmpty();
  }

  @Test
  void aNodeThatComesBackIsATargetAgainAndDrainsAnewTheNextTime() {
    look(10, node("a"), view("c", false, EXCLUDED, Set.of(), Optional.empty()));
    look(20, node("a"), node("c"));
    assertThat(targets()).containsExactly("a", "c");
    assertThat(draining()).isEmpty();

    look(30, node("a"), view("c", false, EXCLUDED, Set.of(), Optional.empty()));
    assertThat(roles.nextEnd(DRAIN)).contains(NOW.plusSeconds(60));
  }

  @Test
  void anotherReasonToLeaveDoesNotMakeItLonger() {
    look(10, node("a"), tainted("c", 10));
    look(20, node("a"), view("c", true, Map.of(), TAINTED, Optional.of(NOW.plusSeconds(20))));

    assertThat(roles.nextEnd(DRAIN)).contains(NOW.plusSeconds(40));
  }

  @Test
  void eachNodeDrainsForItsOwnTime() {
    look(10, node("a"), tainted("b", 10), tainted("c", 20));
    assertThat(roles.nextEnd(DRAIN)).contains(NOW.plusSeconds(40));

    look(40, node("a"), tainted("b", 10), tainted("c", 20));
    assertThat(draining()).containsExactly("c");
    assertThat(roles.nextEnd(DRAIN)).contains(NOW.plusSeconds(50));
  }

  private void look(int second, NodeView... nodes) {
    roles = roles.next(List.of(nodes), NOW.plusSeconds(second), DRAIN);
  }

  private List<String> targets() {
    return roles.backends().targets().stream().map(Target::node).toList();
  }

  private List<String> draining() {
    return roles.backends().draining().stream().map(Target::node).toList();
  }

  private static NodeView node(String name) {
    return view(name, false, Map.of(), Set.of(), Optional.empty());
  }

  private static NodeView tainted(String name, int second) {
    return view(name, false, Map.of(), TAINTED, Optional.of(NOW.plusSeconds(second)));
  }

  private static NodeView view(
      String name,
      boolean deleting,
      Map<String, String> labels,
      Set<String> taints,
      Optional<Instant> leavingSince) {
    return new NodeView(
        name, List.of("192.0.2.1"), Optional.empty(), true, deleting, labels, taints, leavingSince);
  }
}
