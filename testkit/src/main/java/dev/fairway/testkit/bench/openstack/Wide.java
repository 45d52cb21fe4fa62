// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.Memory;
import dev.fairway.testkit.bench.Part;
import dev.fairway.testkit.bench.openstack.OpenStackSubject.Pace;
import java.util.Set;

/// Many Services with many nodes are looked at several times.
final class Wide implements Part<OpenStackTrial<WideFigure>, WideFigure> {
  private static final int AUDITS = 3;
  private static final long KIBI = 1024;

  @Override
  public String title() {
    return "many Services and nodes";
  }

  @Override
  public Set<WideFigure> figures() {
    return Set.of(WideFigure.values());
  }

  @Override
  public void run(OpenStackTrial<WideFigure> trial) {
    var sizes = trial.options().sizes();
    var names = BenchServices.names("wide", sizes.wide());
    trial.addNodes(
        trial.nodes().count() + 1, Math.max(0, sizes.wideNodes() - trial.nodes().count()));
    var pid =
        trial.startAndSettle(Pace.PLAIN.auditing(trial.options().auditSeconds())).process().pid();
    trial.createAndAwait(names);
    trial.outcome().put(WideFigure.SECONDS, trial.services().secondsForAll(names));
    trial.say("%d Services have their addresses".formatted(names.size()));
    // What is remembered is complete when everything was looked at once.
    var first = Audits.worstOf(trial, 1);
    var before = Memory.reachableInJvm(pid);
    var worst = Audits.worstOf(trial, AUDITS);
    var after = Memory.reachableInJvm(pid);
    trial.outcome().put(WideFigure.RESYNC_CALLS, worst.count());
    trial.outcome().put(WideFigure.HEAP_RATIO, after / (double) before);
    trial.outcome().detail("services", names.size());
    trial.outcome().detail("nodes", trial.nodes().count());
    trial.outcome().detail("firstResyncCalls", first.byOperation());
    trial.outcome().detail("resyncCallsByOperation", worst.byOperation());
    trial.outcome().detail("heapBeforeKiB", before / KIBI);
    trial.outcome().detail("heapAfterKiB", after / KIBI);
  }
}
