// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.report;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ServiceView.Condition;
import dev.fairway.manager.desired.ServiceView.PortStatus;
import dev.fairway.manager.desired.Services;
import dev.fairway.manager.report.Outcome.Phase;
import dev.fairway.manager.report.StatusChange.EventText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceReportTest {
  private static final Ingress ADDRESS = new Ingress.Address("192.0.2.1", Ingress.Mode.VIP);
  private static final Note EXHAUSTED =
      Note.blocking("PoolExhausted", "pool a is used up: 4 of 4 addresses", "add addresses");

  @Test
  void aNewAddressIsWrittenWithBothConditionsAndOneEvent() {
    var change = ServiceReport.of(service("web").build(), done(List.of(ADDRESS)));

    assertThat(change.balancer()).contains(new StatusChange.Balancer(List.of(ADDRESS), List.of()));
    assertThat(change.conditions())
        .containsExactly(
            new Condition("LoadBalancerProvisioning", false, "Complete", "nothing to do", 1),
            new Condition("LoadBalancerServing", true, "Serving", "reachable at 192.0.2.1", 1));
    assertThat(change.events())
        .containsExactly(
            EventText.normal("EnsuredLoadBalancer", "Ensured load balancer at 192.0.2.1"));
  }

  @Test
  void nothingIsWrittenAndNothingToldWhenAllStandsAlready() {
    for (var outcome :
        List.of(done(List.of(ADDRESS)), blockedBy(EXHAUSTED), failed(), inProgress())) {
      var before = service("web").at("192.0.2.1").build();
      var settled = after(before, ServiceReport.of(before, outcome));

      var again = ServiceReport.of(settled, outcome);

      assertThat(again.touchesStatus()).as("%s", outcome).isFalse();
      assertThat(again.events()).isEmpty();
    }
  }

  @Test
  void aBlockingNoteIsConditionAndWarningWithTheFix() {
    var change = ServiceReport.of(service("web").build(), done(List.of(), EXHAUSTED));

    var text = "pool a is used up: 4 of 4 addresses; add addresses";
    assertThat(change.conditions())
        .containsExactly(
            new Condition("LoadBalancerProvisioning", false, "PoolExhausted", text, 1),
            new Condition("LoadBalancerServing", false, "PoolExhausted", text, 1));
    assertThat(change.events()).containsExactly(EventText.warning("PoolExhausted", text));
    assertThat(change.balancer()).isEmpty();
  }

  @Test
  void whatWorksGoesOnWhileAWrongEditIsBlocked() {
    var change =
        ServiceReport.of(
            service("web").at("192.0.2.1").generation(2).build(), blockedBy(EXHAUSTED));

    assertThat(change.balancer()).isEmpty();
    assertThat(change.conditions())
        .anySatisfy(condition -> {
          assertThat(condition.type()).isEqualTo("LoadBalancerServing");
          assertThat(condition.status()).isTrue();
          assertThat(condition.reason()).isEqualTo("PoolExhausted");
          assertThat(condition.observedGeneration()).isEqualTo(2);
        });
  }

  @Test
  void aFailureKeepsServingTrueWhereThereIsAnAddress() {
    var with = ServiceReport.of(service("web").at("192.0.2.1").build(), failed());
    var without =
        ServiceReport.of(
            service("web").build(),
            new Outcome(
                new Phase.Failed("CloudUnavailable", "no answer"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false));

    assertThat(serving(with)).isTrue();
    assertThat(serving(without)).isFalse();
    assertThat(with.events())
        .containsExactly(
            EventText.warning("SyncLoadBalancerFailed", "CloudUnavailable: no answer"));
  }

  @Test
  void theSameFailureInOtherWordsIsNotToldAgain() {
    var before = service("web").at("192.0.2.1").build();
    var settled = after(before, ServiceReport.of(before, failed("request 1 failed")));

    assertThat(ServiceReport.of(settled, failed("request 2 failed")).events()).isEmpty();
  }

  @Test
  void aDeletionThatFailsSaysSo() {
    var change =
        ServiceReport.of(
            service("web").at("192.0.2.1").finalizer().deleting().build(), failed("no answer"));

    assertThat(change.events().getFirst().reason()).isEqualTo("DeleteLoadBalancerFailed");
  }

  @Test
  void aWarningThatStandsIsNotToldAgainWhenSomethingElseChanges() {
    var warning = Note.warning("UnknownAnnotation", "annotation x/y is not known", "remove it");
    var before = service("web").at("192.0.2.1").build();
    var settled = after(before, ServiceReport.of(before, done(List.of(ADDRESS), warning)));

    var change =
        ServiceReport.of(
            settled,
            new Outcome(
                new Phase.InProgress("being changed"),
                List.of(ADDRESS),
                List.of(),
                List.of(warning),
                List.of(),
                false));

    assertThat(change.touchesStatus()).isTrue();
    assertThat(change.events()).isEmpty();
  }

  @Test
  void provisioningIsNoWarning() {
    var change =
        ServiceReport.of(
            service("web").build(),
            new Outcome(
                new Phase.InProgress("being built"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false));

    assertThat(change.events()).isEmpty();
    assertThat(change.conditions().getFirst())
        .isEqualTo(
            new Condition("LoadBalancerProvisioning", true, "Provisioning", "being built", 1));
  }

  @Test
  void aNewGenerationWithTheSameFindingIsNoNews() {
    var before = service("web").build();
    var settled = after(before, ServiceReport.of(before, done(List.of(), EXHAUSTED)));
    var edited = service("web").generation(7).conditions(settled.status().conditions()).build();

    var change = ServiceReport.of(edited, done(List.of(), EXHAUSTED));

    assertThat(change.conditions()).hasSize(2).allMatch(c -> c.observedGeneration() == 7);
    assertThat(change.events()).isEmpty();
  }

  @Test
  void anUpdateTellsWhatWasDone() {
    var change = ServiceReport.of(service("web").at("192.0.2.1").build(), fiveSteps(false));

    assertThat(change.events())
        .containsExactly(
            EventText.normal("UpdatedLoadBalancer", "Updated load balancer: a, b, c, and 2 more"));
  }

  @Test
  void aRepairIsToldAsOne() {
    var change = ServiceReport.of(service("web").at("192.0.2.1").build(), fiveSteps(true));

    assertThat(change.events())
        .containsExactly(
            EventText.normal(
                "DriftRepaired",
                "Somebody else had changed the load balancer; repaired: a, b, c, and 2 more"));
  }

  @Test
  void aPortThatIsNotServedStandsInStatusAndCondition() {
    var outcome = withPortError("fairway.dev/PortConflict");

    var change = ServiceReport.of(service("web").build(), outcome);

    assertThat(change.balancer().orElseThrow().ports()).isEqualTo(outcome.ports());
    assertThat(change.conditions())
        .contains(
            new Condition(
                "LoadBalancerPortsError",
                true,
                "PortsNotServed",
                "not served: 53/UDP: PortConflict",
                1));
    var settled = after(service("web").build(), change);
    assertThat(ServiceReport.of(settled, outcome).touchesStatus()).isFalse();

    var mended = ServiceReport.of(settled, done(List.of(ADDRESS)));
    assertThat(mended.conditions())
        .contains(
            new Condition("LoadBalancerPortsError", false, "AllPortsServed", "nothing to do", 1));
    assertThat(mended.balancer().orElseThrow().ports()).isEmpty();
  }

  @Test
  void mixedProtocolsThatTheProviderCannotCarryHaveTheReasonThatKubernetesNames() {
    var change =
        ServiceReport.of(service("web").build(), withPortError("fairway.dev/UnsupportedProtocol"));

    assertThat(change.conditions().getLast().reason())
        .isEqualTo("LoadBalancerMixedProtocolNotSupported");
  }

  private static Outcome withPortError(String error) {
    return new Outcome(
        new Phase.Done(),
        List.of(ADDRESS),
        List.of(
            new PortStatus(80, Protocol.TCP, Optional.empty()),
            new PortStatus(53, Protocol.UDP, Optional.of(error))),
        List.of(),
        List.of(),
        false);
  }

  private static Outcome fiveSteps(boolean repaired) {
    return new Outcome(
        new Phase.Done(),
        List.of(ADDRESS),
        List.of(),
        List.of(),
        List.of("a", "b", "c", "d", "e"),
        repaired);
  }

  @Test
  void aWarningIsToldWhileTheRestWorks() {
    var warning = Note.warning("UnknownAnnotation", "annotation x/y is not known", "remove it");

    var change = ServiceReport.of(service("web").build(), done(List.of(ADDRESS), warning));

    assertThat(serving(change)).isTrue();
    assertThat(change.conditions().getLast().reason()).isEqualTo("UnknownAnnotation");
    assertThat(change.events().getLast())
        .isEqualTo(
            EventText.warning("UnknownAnnotation", "annotation x/y is not known; remove it"));
  }

  private static boolean serving(StatusChange change) {
    return change.conditions().stream()
        .filter(condition -> condition.type().equals(ServiceReport.SERVING))
        .findFirst()
        .orElseThrow()
        .status();
  }

  private static Outcome done(List<Ingress> ingress, Note... notes) {
    return new Outcome(new Phase.Done(), ingress, List.of(), List.of(notes), List.of(), false);
  }

  private static Outcome blockedBy(Note note) {
    return new Outcome(
        new Phase.Blocked(), List.of(ADDRESS), List.of(), List.of(note), List.of(), false);
  }

  private static Outcome failed() {
    return failed("no answer");
  }

  private static Outcome failed(String message) {
    return new Outcome(
        new Phase.Failed("CloudUnavailable", message),
        List.of(ADDRESS),
        List.of(),
        List.of(),
        List.of(),
        false);
  }

  private static Outcome inProgress() {
    return new Outcome(
        new Phase.InProgress("being built"),
        List.of(ADDRESS),
        List.of(),
        List.of(),
        List.of(),
        false);
  }

  private static ServiceView after(ServiceView service, StatusChange change) {
    var conditions = new HashMap<String, Condition>();
    service.status().conditions().forEach(c -> conditions.put(c.type(), c));
    change.conditions().forEach(c -> conditions.put(c.type(), c));
    var balancer =
        change
            .balancer()
            .orElse(
                new StatusChange.Balancer(service.status().ingress(), service.status().ports()));
    var ingress = balancer.ingress();
    return Services.service(service.ref().name())
        .at(ingress.stream().map(i -> ((Ingress.Address) i).ip()).toArray(String[]::new))
        .portStatuses(balancer.ports())
        .conditions(List.copyOf(Map.copyOf(conditions).values()))
        .build();
  }
}
