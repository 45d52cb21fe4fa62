// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import java.util.List;
import java.util.Set;
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

  /// Calls of these actions, as in `RegisterTargets`.
  public Calls of(String... actions) {
    return where(call -> Set.of(actions).contains(call.action()));
  }

  /// Calls to one service, as in `ec2`.
  public Calls to(String service) {
    return where(call -> call.service().equals(service));
  }

  public Calls mutating() {
    return where(Call::mutating);
  }

  public Calls describes() {
    return where(Predicate.not(Call::mutating));
  }

  /// Those to which the script did something.
  public Calls faulty() {
    return where(call -> call.fault().isPresent());
  }

  /// Those that AWS answered, however it did.
  public Calls genuine() {
    return where(call -> call.fault().isEmpty());
  }

  public Calls where(Predicate<Call> condition) {
    return new Calls(all.stream().filter(condition).toList());
  }

  /// How many of each action, by name.
  public SortedMap<String, Integer> byAction() {
    var counts = new TreeMap<String, Integer>();
    all.forEach(call -> counts.merge(call.action(), 1, Integer::sum));
    return counts;
  }

  /// For people: a line for each, with time, status and what went wrong.
  public String lines() {
    var text = new StringBuilder();
    for (var call : all) {
      var result = call.status() == 0 ? "no answer" : Integer.toString(call.status());
      text.append("%s %s %s %s".formatted(call.at(), call.service(), call.action(), result));
      call.error().ifPresent(error -> text.append(' ').append(error));
      call.fault().ifPresent(fault -> text.append(" (scripted: ").append(fault).append(')'));
      text.append('\n');
    }
    return text.toString();
  }

  /// For messages: `CreateListener 1, CreateLoadBalancer 2`.
  @Override
  public String toString() {
    return byAction().toString().replaceAll("[{}]", "").replace('=', ' ');
  }
}
