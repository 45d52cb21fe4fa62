// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.openstack.cloud.connect.StubCloud.Reply;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Whatever goes wrong, at whatever log level: no password and no token shows.
class SecretsTest {
  private static final Call CREATE =
      Call.of(Operation.CREATE_LOAD_BALANCER, "/lbaas/loadbalancers");

  @TempDir Path dir;
  private final StubCloud cloud = new StubCloud();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Appender<ILoggingEvent> console = root.getAppender("STDOUT");
  private final Level before = root.getLevel();
  private final StringBuilder shown = new StringBuilder();

  @BeforeEach
  void listen() {
    log.start();
    root.detachAppender(console);
    root.addAppender(log);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void close() {
    root.detachAppender(log);
    root.addAppender(console);
    root.setLevel(before);
    cloud.close();
  }

  @Test
  void noLogMessageErrorOrTextOfARecordHoldsAPasswordOrAToken() {
    try (var bench = new Bench(dir, cloud.cloudConf())) {
      show(bench.api.post(CREATE, JsonNodeFactory.instance.objectNode()));
      show(bench.tokens.session());
      for (var status : new int[] {400, 403, 404, 409, 429, 500, 501}) {
        cloud.services = r -> Reply.json(status, "{\"faultstring\": \"x gAAAAABsecret-token\"}");
        show(catchThrowable(() -> bench.api.post(CREATE, JsonNodeFactory.instance.objectNode())));
      }
      cloud.answerWith(200, "{ \"secret-token");
      show(catchThrowable(() -> bench.api.post(CREATE, JsonNodeFactory.instance.objectNode())));
      for (var status : new int[] {400, 401, 404, 500}) {
        cloud.good.clear();
        cloud.refusal = login -> Optional.of(echo(status, login));
        bench.clock.advance(Duration.ofHours(2));
        show(catchThrowable(() -> bench.api.post(CREATE, JsonNodeFactory.instance.objectNode())));
      }
    }

    assertThat(cloud.logins).hasSize(5);
    assertThat(logged()).contains("CreateLoadBalancer").doesNotContain("hunter2", "secret-token");
    assertThat(shown).doesNotContain("hunter2", "secret-token").contains("bad: (secret)");
  }

  /// A server that says what it was sent.
  private static Reply echo(int status, JsonNode login) {
    var password = login.at("/auth/identity/password/user/password").asText();
    return Reply.json(status, "{\"error\": {\"message\": \"bad: %s\"}}".formatted(password));
  }

  private void show(Object thing) {
    shown.append(thing).append('\n');
    if (thing instanceof Throwable error) {
      var text = new StringWriter();
      error.printStackTrace(new PrintWriter(text));
      shown.append(text);
    }
  }

  private String logged() {
    return log.list.stream()
        .map(event ->
            event.getFormattedMessage()
                + Optional.ofNullable(event.getThrowableProxy())
                    .map(ThrowableProxyUtil::asString)
                    .orElse(""))
        .collect(Collectors.joining("\n"));
  }
}
