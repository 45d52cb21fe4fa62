// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.report;

import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ServiceView.Condition;
import dev.fairway.manager.report.Outcome.Phase;
import dev.fairway.manager.report.StatusChange.Balancer;
import dev.fairway.manager.report.StatusChange.EventText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What to write about a Service after a reconciliation: pure. The conditions that stand on the
/// Service are the only memory, so neither a restart nor a change of leader repeats an event.
public final class ServiceReport {
  public static final String PROVISIONING = Condition.PROVISIONING;
  public static final String SERVING = Condition.SERVING;

  /// Event reasons of the reference controller, which tools match on.
  public static final String ENSURING = "EnsuringLoadBalancer";

  public static final String ENSURED = "EnsuredLoadBalancer";
  public static final String UPDATED = "UpdatedLoadBalancer";
  public static final String REPAIRED = "DriftRepaired";
  public static final String DELETING = "DeletingLoadBalancer";
  public static final String DELETED = "DeletedLoadBalancer";
  public static final String FAILED = "SyncLoadBalancerFailed";
  public static final String DELETE_FAILED = "DeleteLoadBalancerFailed";

  // The one reason that KEP-1435 names.
  private static final String MIXED_PROTOCOLS = "LoadBalancerMixedProtocolNotSupported";

  private ServiceReport() {}

  public static StatusChange of(ServiceView service, Outcome outcome) {
    var before = service.status();
    var wanted = new ArrayList<Condition>();
    wanted.add(provisioning(service, outcome));
    wanted.add(serving(service, outcome));
    portsError(service, outcome).ifPresent(wanted::add);
    var changed =
        wanted.stream().filter(condition -> !before.conditions().contains(condition)).toList();
    var balancer =
        new Balancer(outcome.ingress(), outcome.ingress().isEmpty() ? List.of() : outcome.ports());
    var same = balancer.equals(new Balancer(before.ingress(), before.ports()));
    return new StatusChange(
        same ? Optional.empty() : Optional.of(balancer),
        changed,
        events(service, outcome, changed));
  }

  // Who never had an error does not get this condition.
  private static Optional<Condition> portsError(ServiceView service, Outcome outcome) {
    var errors =
        outcome.ports().stream()
            .filter(port -> port.error().isPresent())
            .map(port ->
                "%d/%s: %s"
                    .formatted(
                        port.port(),
                        port.protocol(),
                        port.error().map(ServiceReport::word).orElse("")))
            .toList();
    if (errors.isEmpty()) {
      return service.status().conditions().stream()
          .filter(condition -> condition.type().equals(Condition.PORTS_ERROR))
          .findFirst()
          .map(_ ->
              condition(service, Condition.PORTS_ERROR, false, "AllPortsServed", "nothing to do"));
    }
    return Optional.of(
        condition(
            service,
            Condition.PORTS_ERROR,
            true,
            mixedProtocols(outcome) ? MIXED_PROTOCOLS : "PortsNotServed",
            "not served: " + String.join(", ", errors)));
  }

  private static boolean mixedProtocols(Outcome outcome) {
    return outcome.ports().stream()
            .anyMatch(port ->
                port.error().map(ServiceReport::word).orElse("").equals("UnsupportedProtocol"))
        && outcome.ports().stream().map(ServiceView.PortStatus::protocol).distinct().count() > 1;
  }

  private static String word(String error) {
    return error.substring(error.indexOf('/') + 1);
  }

  private static Condition provisioning(ServiceView service, Outcome outcome) {
    return switch (outcome.phase()) {
      case Phase.Done() ->
          blocker(outcome)
              .map(note -> condition(service, PROVISIONING, false, note.code(), note.text()))
              .orElseGet(
                  () -> condition(service, PROVISIONING, false, "Complete", "nothing to do"));
      case Phase.Blocked() ->
          condition(
              service,
              PROVISIONING,
              false,
              blocker(outcome).map(Note::code).orElse("Blocked"),
              blocker(outcome).map(Note::text).orElse(""));
      case Phase.InProgress(var because) ->
          condition(service, PROVISIONING, true, "Provisioning", because);
      case Phase.Failed(var reason, var message) ->
          condition(service, PROVISIONING, true, reason, message);
    };
  }

  private static Condition serving(ServiceView service, Outcome outcome) {
    var reachable = !outcome.ingress().isEmpty();
    var blocker = blocker(outcome);
    return switch (outcome.phase()) {
      case Phase.Done() ->
          blocker
              .map(note -> condition(service, SERVING, false, note.code(), note.text()))
              .orElseGet(() -> servingAsAsked(service, outcome, reachable));
      case Phase.Blocked() ->
          condition(
              service,
              SERVING,
              reachable,
              blocker.map(Note::code).orElse("Blocked"),
              blocker.map(Note::text).orElse(""));
      case Phase.InProgress(var because) ->
          reachable
              ? servingAsAsked(service, outcome, true)
              : condition(service, SERVING, false, "Provisioning", because);
      case Phase.Failed(var reason, var message) ->
          reachable
              ? servingAsAsked(service, outcome, true)
              : condition(service, SERVING, false, reason, message);
    };
  }

  private static Condition servingAsAsked(ServiceView service, Outcome outcome, boolean reachable) {
    if (!reachable) {
      return condition(service, SERVING, false, "NoAddress", "there is no address yet");
    }
    var warnings = warnings(outcome);
    return warnings.isEmpty()
        ? condition(service, SERVING, true, "Serving", "reachable at " + text(outcome.ingress()))
        : condition(
            service,
            SERVING,
            true,
            warnings.getFirst().code(),
            warnings.stream().map(Note::text).collect(Collectors.joining("; ")));
  }

  private static List<EventText> events(
      ServiceView service, Outcome outcome, List<Condition> changed) {
    var events = new ArrayList<EventText>();
    var before = service.status().ingress();
    var moved = !before.equals(outcome.ingress()) && !outcome.ingress().isEmpty();
    if (outcome.repaired() && !outcome.done().isEmpty()) {
      events.add(
          EventText.normal(
              REPAIRED,
              "Somebody else had changed the load balancer; repaired: " + sum(outcome.done())));
    } else if (!moved && !outcome.done().isEmpty() && !before.isEmpty()) {
      events.add(EventText.normal(UPDATED, "Updated load balancer: " + sum(outcome.done())));
    }
    if (moved) {
      events.add(EventText.normal(ENSURED, "Ensured load balancer at " + text(outcome.ingress())));
    }
    var failed = outcome.phase() instanceof Phase.Failed;
    if (changed.stream().noneMatch(condition -> news(service, condition, failed))) {
      return events;
    }
    switch (outcome.phase()) {
      case Phase.Failed(var reason, var message) ->
          events.add(
              EventText.warning(
                  service.leaving() ? DELETE_FAILED : FAILED, "%s: %s".formatted(reason, message)));
      case Phase.Done(), Phase.InProgress(_), Phase.Blocked() ->
          outcome.notes().stream()
              .filter(note -> note.severity() != Note.Severity.INFO)
              .filter(note -> newlySaid(service, changed, note))
              .map(note -> EventText.warning(note.code(), note.text()))
              .forEach(events::add);
    }
    return events;
  }

  private static boolean newlySaid(ServiceView service, List<Condition> changed, Note note) {
    return changed.stream().anyMatch(condition -> condition.message().contains(note.text()))
        && service.status().conditions().stream()
            .noneMatch(condition -> condition.message().contains(note.text()));
  }

  // A new generation with the same findings is no news. Nor is a failure that is told in other
  // words: clouds like to put a number into each of their errors.
  private static boolean news(ServiceView service, Condition condition, boolean failed) {
    return service.status().conditions().stream()
        .noneMatch(old ->
            old.type().equals(condition.type())
                && old.reason().equals(condition.reason())
                && (old.message().equals(condition.message())
                    || (failed && old.observedGeneration() == condition.observedGeneration())));
  }

  private static Optional<Note> blocker(Outcome outcome) {
    return outcome.notes().stream()
        .filter(note -> note.severity() == Note.Severity.BLOCKING)
        .findFirst();
  }

  private static List<Note> warnings(Outcome outcome) {
    return outcome.notes().stream()
        .filter(note -> note.severity() == Note.Severity.WARNING)
        .toList();
  }

  private static Condition condition(
      ServiceView service, String type, boolean status, String reason, String message) {
    return new Condition(type, status, reason, message, service.generation());
  }

  private static String sum(List<String> summaries) {
    var shown = summaries.stream().limit(3).collect(Collectors.joining(", "));
    return summaries.size() > 3 ? shown + ", and %d more".formatted(summaries.size() - 3) : shown;
  }

  static String text(List<Ingress> ingress) {
    return ingress.stream()
        .map(entry ->
            switch (entry) {
              case Ingress.Address address -> address.ip();
              case Ingress.Hostname name -> name.hostname();
            })
        .collect(Collectors.joining(", "));
  }
}
