// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ServiceView.Condition;
import dev.fairway.manager.desired.Services;
import dev.fairway.manager.telemetry.Phases.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhasesTest {
  private final List<String> reached = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final Phases phases =
      new Phases(
          new ServiceScope(Set.of(), true),
          () -> now,
          (phase, took) -> reached.add(phase + " after " + took.toSeconds()));

  @Test
  void aPhaseIsMeasuredFromTheFirstSightOfTheService() {
    seen(service("web"));
    at(2, service("web").conditions(List.of(provisioning(true, "Provisioning"), serving(false))));
    at(3, service("web").at("10.0.0.1").conditions(List.of(serving(false))));
    at(5, service("web").at("10.0.0.1").conditions(List.of(serving(true))));
    at(9, service("web").at("10.0.0.1").conditions(List.of(serving(true))));

    assertThat(reached).containsExactly("ADDRESS after 3", "SERVING after 5");
  }

  @Test
  void anAddressThatIsLostAndComesBackIsNotMeasuredAgain() {
    seen(service("web"));
    at(1, service("web").at("10.0.0.1"));
    at(2, service("web"));
    at(3, service("web").at("10.0.0.2"));

    assertThat(reached).containsExactly("ADDRESS after 1");
  }

  @Test
  void whatWasServedBeforeTheStartIsNotMeasured() {
    seen(service("web").at("10.0.0.1"));
    at(1, service("web").at("10.0.0.1").conditions(List.of(serving(true))));

    assertThat(reached).isEmpty();
  }

  @Test
  void whatAnotherProcessHasBegunWithIsNotMeasured() {
    seen(service("web").conditions(List.of(provisioning(true, "CloudUnavailable"))));
    at(1, service("web").at("10.0.0.1").conditions(List.of(serving(true))));

    assertThat(reached).isEmpty();
  }

  @Test
  void theWayOutIsMeasuredUntilTheServiceIsGone() {
    seen(service("web").at("10.0.0.1").finalizer());
    at(4, service("web").at("10.0.0.1").finalizer().deleting());
    assertThat(phases.states()).containsEntry("leaving", 1);
    now = Instant.ofEpochSecond(10);
    phases.changed(last, Optional.empty());

    assertThat(reached).containsExactly("CLEANUP after 6");
  }

  @Test
  void aServiceOfAnotherClassIsNotFollowed() {
    seen(service("web").ofClass("example.com/other"));

    assertThat(phases.states().values()).containsOnly(0);
  }

  @Test
  void servicesAreCountedByStateAndReason() {
    seen(service("new"));
    last = Optional.empty();
    seen(service("full").conditions(List.of(condition(Condition.SERVING, false, "PoolExhausted"))));
    last = Optional.empty();
    seen(
        service("failing")
            .at("10.0.0.1")
            .conditions(List.of(provisioning(true, "CloudUnavailable"), serving(true))));
    last = Optional.empty();
    seen(
        service("well")
            .at("10.0.0.2")
            .conditions(List.of(provisioning(false, "Complete"), serving(true))));

    assertThat(phases.states())
        .isEqualTo(Map.of("served", 1, "changing", 1, "pending", 2, "leaving", 0));
    assertThat(phases.reasons(State.PENDING)).isEqualTo(Map.of("New", 1, "PoolExhausted", 1));
    assertThat(phases.reasons(State.CHANGING)).isEqualTo(Map.of("CloudUnavailable", 1));
  }

  @Test
  void aReasonThatIsGoneIsNotListed() {
    seen(service("web"));
    at(1, service("web").at("10.0.0.1").conditions(List.of(serving(true))));

    assertThat(phases.reasons(State.PENDING)).isEmpty();
  }

  @Test
  void reasonsThatOthersMadeUpAreCountedTogether() {
    for (var i = 0; i < 100; i++) {
      last = Optional.empty();
      var reason = "Invented" + (char) ('A' + i % 26) + (char) ('a' + i / 26);
      seen(service("s" + i).conditions(List.of(condition(Condition.SERVING, false, reason))));
    }
    last = Optional.empty();
    seen(service("odd").conditions(List.of(condition(Condition.SERVING, false, "no reason!"))));

    var reasons = phases.reasons(State.PENDING);
    assertThat(reasons).hasSizeLessThan(50).containsKey("Other");
    assertThat(reasons.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(101);
  }

  @Test
  void nothingIsLeftOfServicesThatAreGone() {
    for (var i = 0; i < 1_000; i++) {
      last = Optional.empty();
      seen(service("s" + i));
      phases.changed(last, Optional.empty());
    }

    assertThat(phases.states().values()).containsOnly(0);
    assertThat(phases.reasons(State.PENDING)).isEmpty();
  }

  private Optional<ServiceView> last = Optional.empty();

  private void at(long second, Services service) {
    now = Instant.ofEpochSecond(second);
    seen(service);
  }

  private void seen(Services service) {
    var after = Optional.of(service.port(80).build());
    phases.changed(last, after);
    last = after;
  }

  private static Condition serving(boolean status) {
    return condition(Condition.SERVING, status, status ? "Serving" : "NoAddress");
  }

  private static Condition provisioning(boolean status, String reason) {
    return condition(Condition.PROVISIONING, status, reason);
  }

  private static Condition condition(String type, boolean status, String reason) {
    return new Condition(type, status, reason, "", 1);
  }
}
