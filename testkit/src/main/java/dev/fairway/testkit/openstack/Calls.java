// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import dev.fairway.testkit.openstack.fault.When;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What the proxy has seen up to some moment: attempts, in the order of their answers. An attempt
/// whose fault was scripted counts like any other.
public record Calls(List<Call> all) {
  public Calls {
    all = List.copyOf(all);
  }

  public int count() {
    return all.size();
  }

  /// How many, for [#since].
  public int mark() {
    return all.size();
  }

  /// Those after `mark`, which an earlier state of the same log has given.
  public Calls since(int mark) {
    return new Calls(all.subList(Math.min(mark, all.size()), all.size()));
  }

  /// Those that read; tokens and other things of identity are neither read nor written.
  public Calls reads() {
    return matching(call -> call.attempt().reading());
  }

  /// Those that could change something.
  public Calls writes() {
    return matching(call -> call.attempt().mutating());
  }

  /// Requests for a token.
  public Calls tokens() {
    return matching(call -> call.attempt().token());
  }

  /// Calls to one service, as in `network`.
  public Calls to(String service) {
    return matching(call -> call.service().equals(service));
  }

  /// @param operation as in [When#operation]
  public Calls of(String operation) {
    var when = When.operation(operation);
    return matching(call -> when.test(call.attempt()));
  }

  /// Those to which the script did something.
  public Calls faulty() {
    return matching(call -> call.fault().isPresent());
  }

  /// Those that OpenStack answered, however it did.
  public Calls genuine() {
    return matching(call -> call.fault().isEmpty());
  }

  public Calls matching(Predicate<Call> condition) {
    return new Calls(all.stream().filter(condition).toList());
  }

  /// The most that were under way at one time; 0 for none.
  public int mostInFlight() {
    return all.stream().mapToInt(Call::inFlight).max().orElse(0);
  }

  /// How many of each operation, by name.
  public SortedMap<String, Integer> byOperation() {
    var counts = new TreeMap<String, Integer>();
    all.forEach(call -> counts.merge(call.operation(), 1, Integer::sum));
    return counts;
  }

  /// For people: a line for each, with time, status and what went wrong.
  public String lines() {
    var text = new StringBuilder();
    for (var call : all) {
      var result = call.status() == 0 ? "no answer" : Integer.toString(call.status());
      text.append("%s %s %s".formatted(call.at(), call.attempt(), result));
      call.error().ifPresent(error -> text.append(' ').append(error));
      call.fault().ifPresent(fault -> text.append(" (scripted: ").append(fault).append(')'));
      text.append('\n');
    }
    return text.toString();
  }

  /// For messages: `POST /v2.0/floatingips 1, POST /v2/lbaas/loadbalancers 2`.
  @Override
  public String toString() {
    return byOperation().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .reduce((one, two) -> one + ", " + two)
        .orElse("no calls");
  }
}
