// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.openstack.OpenStackSubject.Pace;
import java.util.Set;

/// Every Service is looked at again though nothing changed: by the audit of who has one; else
/// because every Service gets an annotation that means nothing.
final class Resync implements OpenStackPhase {
  private static final int AUDITS = 2;

  @Override
  public String title() {
    return "all is looked at again";
  }

  @Override
  public Set<OpenStackFigure> figures() {
    return Set.of(OpenStackFigure.NOOP_RESYNC_CALLS);
  }

  @Override
  public void run(OpenStackTrial<OpenStackFigure> trial) {
    var names = BenchServices.names("same", trial.options().sizes().services());
    trial.startInHurry();
    trial.createAndAwait(names);
    trial.settle();
    var touched = trial.callsOf(() -> names.forEach(trial.services()::touch));
    trial.outcome().detail("noopResyncServices", names.size());
    trial.outcome().detail("noopTouchCalls", touched.byOperation());
    if (!trial.subject().audits()) {
      OpenStackPhase.put(trial, OpenStackFigure.NOOP_RESYNC_CALLS, touched);
      return;
    }
    trial.kill();
    var _ = trial.startAndSettle(Pace.PLAIN.auditing(trial.options().auditSeconds()));
    OpenStackPhase.put(trial, OpenStackFigure.NOOP_RESYNC_CALLS, Audits.worstOf(trial, AUDITS));
  }
}
