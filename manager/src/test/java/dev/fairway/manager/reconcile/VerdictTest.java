// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.manager.reconcile.Verdict.Retry;
import dev.fairway.manager.reconcile.Verdict.Tell;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void theCloudsOwnWordOnWhenToComeAgainIsHonoured() {
    var after = Duration.ofSeconds(42);

    assertThat(Verdict.of(new CloudException.Throttled("slow down", after, null)))
        .isEqualTo(new Verdict(new Retry.After(after), new Tell.Nothing()));
    assertThat(Verdict.of(new CloudException.NotReady("busy", after)))
        .isEqualTo(new Verdict(new Retry.After(after), new Tell.Progress("busy")));
  }

  @Test
  void anOutageIsToldFromTheThirdFailureOn() {
    assertThat(Verdict.of(new CloudException.Unavailable("no answer", null)))
        .isEqualTo(
            new Verdict(
                new Retry.WithBackoff(), new Tell.Problem("CloudUnavailable", "no answer", 3)));
  }

  @Test
  void aConflictIsPlannedAgainAndNotToldOf() {
    assertThat(Verdict.of(new CloudException.Conflict("changed", null)))
        .isEqualTo(new Verdict(new Retry.Replan(), new Tell.Nothing()));
  }

  @Test
  void whatOnlyPeopleCanMendIsRetriedSlowlyAndNamesWhatIsMissing() {
    var denied = Verdict.of(new CloudException.Denied("not allowed", "ec2:Describe", null));
    var quota = Verdict.of(new CloudException.QuotaExceeded("full", "load balancers", null));

    assertThat(denied.tell())
        .isEqualTo(new Tell.Problem("PermissionDenied", "not allowed; grant ec2:Describe", 0));
    assertThat(quota.tell())
        .isEqualTo(new Tell.Problem("QuotaExceeded", "full; raise load balancers", 0));
    assertThat(denied.retry()).isEqualTo(new Retry.After(Duration.ofMinutes(2)));
    assertThat(quota.retry()).isEqualTo(denied.retry());
  }

  @Test
  void whatWillNeverBeAcceptedIsParkedWithTheFix() {
    assertThat(Verdict.of(new CloudException.Rejected("spec.x", "is odd", "write 2", null)))
        .isEqualTo(
            new Verdict(
                new Retry.Parked(), new Tell.Problem("Rejected", "spec.x: is odd; write 2", 0)));
  }

  @Test
  void ourOwnMistakesAreToldAtOnceInOneLine() {
    assertThat(Verdict.of(new IllegalStateException("first\nsecond")))
        .isEqualTo(
            new Verdict(
                new Retry.WithBackoff(),
                new Tell.Problem("InternalError", "IllegalStateException: first", 0)));
  }
}
