// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import java.util.ArrayList;
import java.util.List;

/// Grows by every attempt; safe for several threads.
final class CallLog {
  private final List<Call> calls = new ArrayList<>();

  synchronized void add(Call call) {
    calls.add(call);
  }

  synchronized Calls calls() {
    return new Calls(calls);
  }

  synchronized void clear() {
    calls.clear();
  }
}
