// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import static dev.fairway.manager.inspect.Facts.serving;
import static dev.fairway.manager.inspect.Facts.withoutAddress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.manager.desired.ServiceScope.Duty;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One sentence for each place in which the chain can be broken.
class CauseTest {
  @Test
  void whatWorksIsSaidToBeServed() {
    is(serving(), "default/web is served at 192.0.2.10.");
  }

  @Test
  void whatIsNotOursSaysWhoseItIs() {
    is(
        serving().owned(Duty.LEAVE, "its class is example.com/x; this controller serves class a"),
        "default/web is not served by this controller: its class is example.com/x; this controller"
            + " serves class a.");
  }

  @Test
  void anAddressThatCannotBeHadSaysWhyAndWhatToDo() {
    is(
        withoutAddress().note(Facts.POOL_EXHAUSTED),
        "default/web has no address: pool a has no free IPv4 address: 0 of the 8 addresses of a are"
            + " free; add addresses to it, or delete a Service that is not needed.");
  }

  @Test
  void aWishThatCannotBeHadIsToldBesideTheAddressThatWorks() {
    is(
        serving().note(Facts.POOL_EXHAUSTED),
        "default/web has 192.0.2.10, but pool a has no free IPv4 address: 0 of the 8 addresses of a"
            + " are free; add addresses to it, or delete a Service that is not needed.");
  }

  @Test
  void aFailureSaysHowOftenAndWhenItIsTriedAgain() {
    is(
        withoutAddress().failing(1),
        "default/web has no address: CloudUnavailable: no answer; next try in 20 s.");
    is(
        withoutAddress().failing(3),
        "default/web has no address: CloudUnavailable: no answer (3 times in a row); next try in 20"
            + " s.");
    is(
        serving().failing(2),
        "default/web has 192.0.2.10, but the last change could not be carried out: CloudUnavailable:"
            + " no answer (2 times in a row); next try in 20 s.");
  }

  @Test
  void withheldStepsNameThePolicy() {
    is(
        withoutAddress().step(Effect.CREATE, "create it", true),
        "default/web has no address: the policy withholds 1 of 1 steps, the first is: create it; set"
            + " the policy to sync to allow it.");
  }

  @Test
  void whatIsOnItsWaySaysWhatIsWaitedFor() {
    is(
        withoutAddress().awaiting("the load balancer is being provisioned"),
        "default/web has no address yet: the load balancer is being provisioned.");
    is(withoutAddress().working(), "default/web has no address yet: it is being made, since 3 s.");
    is(
        withoutAddress().unseen("it has been worked on for longer than 2 s"),
        "default/web has no address yet: it has been worked on for longer than 2 s.");
  }

  @Test
  void aPartThatDoesNotWorkIsNamed() {
    is(
        serving().detail(Detail.State.FAILING, "reserved, but no node can announce it"),
        "default/web has 192.0.2.10, but 192.0.2.10: reserved, but no node can announce it.");
  }

  @Test
  void anAddressWithNothingBehindItIsNoService() {
    is(
        serving().endpoints(0),
        "default/web has 192.0.2.10, but no pod behind it is ready: look at the pods that its"
            + " selector selects.");
    is(
        serving().targets(List.of()),
        "default/web has 192.0.2.10, but no node may receive traffic: look at labels and taints of"
            + " the nodes.");
  }

  @Test
  void whatGoesAwaySaysWhatHoldsIt() {
    var deleting = "it is being deleted";
    is(
        serving().owned(Duty.CLEAN_UP, deleting).step(Effect.DELETE, "delete it", false),
        "default/web is being deleted; steps left: 1.");
    is(
        serving().owned(Duty.CLEAN_UP, deleting).failing(1),
        "default/web is being deleted, and its load balancer cannot be removed: CloudUnavailable: no"
            + " answer; next try in 20 s.");
    is(
        serving().owned(Duty.CLEAN_UP, deleting).step(Effect.DELETE, "delete it", true),
        "default/web is being deleted, and waits: the policy withholds 1 of 1 steps, the first is:"
            + " delete it; set the policy to sync to allow it.");
  }

  @Test
  void theCauseIsOneLine() {
    assertThat(Optional.of(serving().failing(2).explain().cause()))
        .get()
        .asString()
        .hasLineCount(1);
  }

  private static void is(Facts facts, String sentence) {
    assertThat(facts.explain().cause()).isEqualTo(sentence);
  }
}
