// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.error.CloudException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// What goes wrong with one call.
public sealed interface Fault {
  /// The cloud refuses: nothing is done.
  record Refuse(Supplier<CloudException> error) implements Fault {}

  /// The cloud does it, but the answer is lost.
  record LoseAnswer(Supplier<CloudException> error) implements Fault {}

  /// The process dies before the call is carried out.
  record CrashBefore() implements Fault {}

  /// The process dies after the call was carried out.
  record CrashAfter() implements Fault {}

  /// There is no answer until the latch opens; then all is well.
  record Hang(CountDownLatch until) implements Fault {}

  /// All is well.
  record None() implements Fault {}

  /// Stands for the end of the process: an Error, so that no code under test mistakes it for
  /// something to handle.
  final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1;

    SimulatedCrash(Call call) {
      super("simulated crash at call %d (%s)".formatted(call.number(), call.operation()));
    }
  }

  /// Decides for each call, in the order of calls. Called under the lock of the cloud.
  @FunctionalInterface
  interface Script {
    Fault at(Call call);

    /// Nothing ever goes wrong.
    static Script none() {
      return _ -> new None();
    }

    /// One fault, at the n-th mutating call from now on.
    static Script atMutatingCall(int n, Fault fault) {
      var left = new int[] {n};
      return call -> call.mutating() && --left[0] == 0 ? fault : new None();
    }
  }
}
