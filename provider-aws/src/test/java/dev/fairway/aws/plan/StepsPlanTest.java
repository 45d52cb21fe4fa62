// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.plan.AwsAction.AllowClients;
import dev.fairway.aws.plan.AwsAction.CreateListener;
import dev.fairway.aws.plan.AwsAction.DeleteListener;
import dev.fairway.aws.plan.AwsAction.DenyClients;
import dev.fairway.aws.plan.AwsAction.Register;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The order of steps, and what a process that comes after a crash can rely on.
class StepsPlanTest {
  private static final String CERTIFICATES =
      "arn:aws:acm:eu-west-1:123456789012:certificate/a,"
          + "arn:aws:acm:eu-west-1:123456789012:certificate/b";

  private final Stage stage = new Stage();

  @Test
  void clientsWhoMayReachAllPortsGetOneRule() {
    stage.ports(80, 443).pass();

    assertThat(rules()).containsExactly("tcp 0-65535 from 0.0.0.0/0");
  }

  @Test
  void aPortForFewIsNotThereBeforeTheOthersAreShutOut() {
    stage.ports(80).pass();

    var actions = stage.ports(80, 443).from(443, "10.0.0.0/8").plan().actions();

    var allow = indexOf(actions, AllowClients.class);
    var deny = indexOf(actions, DenyClients.class);
    assertThat(allow).as("nobody who may stay is shut out").isLessThan(deny);
    assertThat(deny).isLessThan(indexOf(actions, CreateListener.class));
    stage.pass();
    assertThat(rules())
        .containsExactlyInAnyOrder("tcp 80-80 from 0.0.0.0/0", "tcp 443-443 from 10.0.0.0/8");
  }

  @Test
  void aPortForFewIsGoneBeforeAllPortsAreOpened() {
    stage.ports(80, 443).from(443, "10.0.0.0/8").pass();

    var actions = stage.ports(80).plan().actions();

    assertThat(indexOf(actions, DeleteListener.class))
        .isLessThan(indexOf(actions, AllowClients.class));
    stage.pass();
    assertThat(rules()).containsExactly("tcp 0-65535 from 0.0.0.0/0");
  }

  @Test
  void otherClientsAreShutOutBeforeNewOnesAreLetIn() {
    stage.from(80, "10.0.0.0/8").pass();

    var actions = stage.from(80, "192.168.0.0/16").plan().actions();

    assertThat(indexOf(actions, DenyClients.class))
        .isLessThan(indexOf(actions, AllowClients.class));
  }

  @Test
  void nodesAreRegisteredBeforeAnythingElseIsTried() {
    stage.pass();

    var actions = stage.ports(80, 443).nodes("i-0a", "i-0b", "i-0c").plan().actions();

    assertThat(actions.getFirst()).isInstanceOf(Register.class);
  }

  @Test
  void aProcessThatStartsWithWhatIsAsItShouldBeDoesNothing() {
    stage
        .ports(80, 443)
        .with("ssl-cert", CERTIFICATES)
        .with("ssl-ports", "443")
        .with("attributes", "load_balancing.cross_zone.enabled=true")
        .with("inbound-sg-rules-on-private-link-traffic", "off")
        .pass();

    assertThat(stage.restarted().plan().actions()).isEmpty();
  }

  @Test
  void whatACrashLeftUndoneIsDoneByTheNextProcess() {
    var whole = configured(new Stage());
    var steps = whole.plan().actions().size();
    whole.pass();
    for (var prefix = 0; prefix <= steps; prefix++) {
      var crashed = configured(new Stage());
      crashed.plan().actions().stream().limit(prefix).forEach(crashed::apply);

      crashed.restarted().pass();

      assertThat(done(crashed)).as("crash after %d", prefix).containsAll(done(whole));
    }
  }

  private static Stage configured(Stage stage) {
    return stage
        .with("ssl-cert", CERTIFICATES)
        .with("attributes", "load_balancing.cross_zone.enabled=true")
        .with("listener-attributes.TLS-80", "tcp.idle_timeout.seconds=60")
        .with("inbound-sg-rules-on-private-link-traffic", "off");
  }

  // What AWS was told in the end, beside making things.
  private static List<String> done(Stage stage) {
    return stage.aws.told();
  }

  private List<String> rules() {
    return stage.seen().frontGroups().getFirst().ingress().stream()
        .map(IngressRule::toString)
        .toList();
  }

  private static int indexOf(List<AwsAction> actions, Class<? extends AwsAction> kind) {
    for (var index = 0; index < actions.size(); index++) {
      if (kind.isInstance(actions.get(index))) {
        return index;
      }
    }
    throw new AssertionError("no %s in %s".formatted(kind.getSimpleName(), actions));
  }
}
