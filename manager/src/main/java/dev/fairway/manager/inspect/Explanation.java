// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.Detail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything between a Service and its address, link by link.
///
/// @param service `namespace/name`
/// @param cause the state of the Service in one sentence, with what to do about it
/// @param at when this was put together
/// @param ownership whether the Service is this controller's business
/// @param group the load balancer that it is part of
/// @param wanted what should be; empty when nothing should be there
/// @param found what is there
/// @param plan what would be done now
/// @param conditions those of ours that stand on the Service
/// @param readyEndpoints how many ready endpoints the Service has
/// @param targets all nodes
/// @param work when it was worked on, and when it will be
public record Explanation(
    String service,
    String cause,
    Instant at,
    Ownership ownership,
    Group group,
    Optional<Wanted> wanted,
    Found found,
    PlanView plan,
    List<ConditionView> conditions,
    int readyEndpoints,
    List<TargetView> targets,
    Work work) {

  /// @param key identifies it
  /// @param members the Services that share it, this one among them
  public record Group(String key, List<String> members) {
    public Group {
      members = List.copyOf(members);
    }
  }

  /// @param ports on which clients connect
  /// @param families IP families in order of preference
  /// @param addresses those that were asked for; empty means any
  /// @param externalTrafficPolicy `CLUSTER` or `LOCAL`
  /// @param sourceRanges the clients that may connect; empty means all
  public record Wanted(
      List<Port> ports,
      List<String> families,
      List<String> addresses,
      String externalTrafficPolicy,
      List<String> sourceRanges) {
    public Wanted {
      ports = List.copyOf(ports);
      families = List.copyOf(families);
      addresses = List.copyOf(addresses);
      sourceRanges = List.copyOf(sourceRanges);
    }
  }

  /// @param port as in `TCP/80`
  /// @param service which Service of the group asked for it
  /// @param nodePort where it goes in on the nodes
  public record Port(String port, String service, Optional<Integer> nodePort) {}

  /// @param known whether anything is known; if not, the rest is empty
  /// @param exists whether something is there, be it only a left-over
  /// @param ingress where clients can connect
  /// @param details its parts
  /// @param problem why the cloud could not be asked now; the rest is then what was seen last
  public record Found(
      boolean known,
      boolean exists,
      List<String> ingress,
      List<Detail> details,
      Optional<String> problem) {
    public Found {
      ingress = List.copyOf(ingress);
      details = List.copyOf(details);
    }
  }

  /// @param current whether it speaks of the Service as it is now
  public record ConditionView(
      String type, boolean status, String reason, String message, boolean current) {}

  /// @param eligible whether the node may receive traffic
  /// @param why why not
  /// @param draining whether it is leaving and keeps the connections that it has, for a while
  /// @param ready whether Kubernetes calls the node ready
  /// @param endpoint whether a ready endpoint of the Service is on it
  public record TargetView(
      String node,
      boolean eligible,
      Optional<String> why,
      boolean draining,
      boolean ready,
      boolean endpoint) {}

  /// @param state where it is in the queue
  /// @param since since when it is there; empty when it rests
  /// @param next when it is looked at again by itself
  /// @param lastPass when the last pass ended; empty when there was none since this controller
  ///   leads
  /// @param lastPassSucceeded whether it ended well; false also when there was none
  /// @param lastError the last failure, also when passes after it ended well
  public record Work(
      State state,
      Optional<Instant> since,
      Optional<Instant> next,
      Optional<Instant> lastPass,
      boolean lastPassSucceeded,
      Optional<LastError> lastError) {

    public enum State {
      /// Nothing to do.
      RESTING,
      WAITING,
      WORKING
    }

    /// The failure that stands now: the last pass failed.
    public Optional<LastError> standingError() {
      return lastPassSucceeded ? Optional.empty() : lastError;
    }
  }

  /// @param first when the first of the failures in a row was
  /// @param last when the last one was
  /// @param count how many there were in a row
  public record LastError(String reason, String message, Instant first, Instant last, int count) {}

  public Explanation {
    conditions = List.copyOf(conditions);
    targets = List.copyOf(targets);
  }

  /// The same, with its cause: what it was before does not matter.
  public Explanation withCause() {
    var sentence = Cause.of(this);
    return new Explanation(
        service,
        sentence,
        at,
        ownership,
        group,
        wanted,
        found,
        plan,
        conditions,
        readyEndpoints,
        targets,
        work);
  }
}
