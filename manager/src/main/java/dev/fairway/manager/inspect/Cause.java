// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.desired.Share;
import dev.fairway.manager.inspect.Explanation.LastError;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// The one sentence that says how it stands with a Service, and what to do: the first link of the
/// chain that is broken.
final class Cause {
  private final Explanation facts;
  private final String service;

  private Cause(Explanation facts) {
    this.facts = facts;
    this.service = facts.service();
  }

  static String of(Explanation facts) {
    var cause = new Cause(facts);
    var sentence =
        switch (facts.ownership().duty()) {
          case LEAVE ->
              "%s is not served by this controller: %s"
                  .formatted(facts.service(), facts.ownership().why());
          case CLEAN_UP -> cause.goingAway();
          case SERVE -> cause.served();
        };
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }

  private String goingAway() {
    var begin = facts.ownership().why().replaceFirst("^it", service);
    var left = facts.plan().steps().size();
    return error()
        .map(error -> "%s, and its load balancer cannot be removed: %s".formatted(begin, error))
        .or(() -> withheld().map(why -> "%s, and waits: %s".formatted(begin, why)))
        .orElseGet(() ->
            left == 0
                ? "%s, and nothing is left of its load balancer".formatted(begin)
                : "%s; steps left: %d".formatted(begin, left));
  }

  private String served() {
    var at = String.join(", ", facts.found().ingress());
    return at.isEmpty() ? without() : with(at);
  }

  private String without() {
    return facts
        .plan()
        .blocker()
        .map(Note::text)
        .or(this::error)
        .or(this::withheld)
        .map(why -> "%s has no address: %s".formatted(service, why))
        .orElseGet(() -> "%s has no address yet: %s".formatted(service, onTheWay()));
  }

  private String with(String at) {
    var but =
        facts
            .plan()
            .blocker()
            .map(Note::text)
            .or(() -> error().map("the last change could not be carried out: %s"::formatted))
            .or(this::withheld)
            .or(this::refusedPort)
            .or(() -> facts.found().problem().map("how it is there cannot be seen: %s"::formatted))
            .or(this::brokenPart)
            .or(this::nothingBehind);
    return but.map(why -> "%s has %s, but %s".formatted(service, at, why))
        .orElseGet(() -> "%s is served at %s".formatted(service, at));
  }

  private Optional<String> refusedPort() {
    return facts.plan().notes().stream()
        .filter(note -> note.code().matches(Share.PORT_CODES))
        .map(Note::text)
        .findFirst();
  }

  private Optional<String> error() {
    return facts.work().standingError().map(error -> text(error) + nextTry());
  }

  private static String text(LastError error) {
    return error.count() > 1
        ? "%s: %s (%d times in a row)".formatted(error.reason(), error.message(), error.count())
        : "%s: %s".formatted(error.reason(), error.message());
  }

  private String nextTry() {
    return switch (facts.work().state()) {
      case WORKING -> "; it is being tried again now";
      case WAITING -> "; it is about to be tried again";
      case RESTING ->
          facts
              .work()
              .next()
              .map(next -> "; next try in " + Times.text(Duration.between(facts.at(), next)))
              .orElse("; it is tried again when the Service changes or something becomes free");
    };
  }

  private Optional<String> withheld() {
    var steps = facts.plan().steps().stream().filter(PlanView.Step::withheld).toList();
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the policy withholds %d of %d steps, the first is: %s; set the policy to sync to allow it"
                .formatted(steps.size(), facts.plan().steps().size(), steps.getFirst().summary()));
  }

  private Optional<String> brokenPart() {
    return facts.found().details().stream()
        .filter(detail -> detail.state() != Detail.State.OK)
        .max(Comparator.comparing(Detail::state))
        .map(detail -> "%s: %s".formatted(detail.subject(), detail.text()));
  }

  private Optional<String> nothingBehind() {
    if (facts.targets().stream().noneMatch(Explanation.TargetView::eligible)) {
      return Optional.of("no node may receive traffic: look at labels and taints of the nodes");
    }
    return facts.readyEndpoints() == 0
        ? Optional.of("no pod behind it is ready: look at the pods that its selector selects")
        : Optional.empty();
  }

  private String onTheWay() {
    return facts
        .plan()
        .await()
        .map(PlanView.Waiting::because)
        .or(() -> facts.plan().unplanned())
        .orElseGet(() ->
            switch (facts.work().state()) {
              case WORKING -> "it is being made" + since();
              case WAITING -> "it waits for its turn" + since();
              case RESTING -> "steps left: %d".formatted(facts.plan().steps().size());
            });
  }

  private String since() {
    return facts
        .work()
        .since()
        .map(since -> ", since " + Times.text(Duration.between(since, facts.at())))
        .orElse("");
  }
}
