// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.manager.config.Config.LogFormat;
import dev.fairway.manager.config.Config.Logging;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogsTest {
  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void writeText() {
    context.setMDCAdapter(mdc);
    var text = new PatternLayoutEncoder();
    text.setContext(context);
    text.setPattern("%-5level %msg%n");
    text.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(text);
    appender.setOutputStream(written);
    appender.start();
    context.getLogger("ROOT").addAppender(appender);
    context.getLogger("ROOT").setLevel(ch.qos.logback.classic.Level.WARN);
  }

  @Test
  void everyLineIsAnObjectWithTheKeyOfTheService() throws Exception {
    use(LogFormat.JSON, Level.INFO);
    mdc.put("key", "default/web");
    mdc.put("pass", "17");

    log("dev.fairway.manager.Workers").info("create Vip \"10.0.0.1\"\n second line");
    log("dev.fairway.manager.Workers").warn("it failed", new IllegalStateException("because"));

    var lines = lines();
    assertThat(lines)
        .hasSize(2)
        .allSatisfy(line -> {
          assertThat(line.get("key").asText()).isEqualTo("default/web");
          assertThat(line.get("pass").asText()).isEqualTo("17");
          assertThat(line.get("logger").asText()).isEqualTo("dev.fairway.manager.Workers");
          assertThat(line.get("thread").asText()).isNotEmpty();
          assertThat(Instant.parse(line.get("time").asText())).isAfter(Instant.EPOCH);
        });
    assertThat(lines.getFirst().get("level").asText()).isEqualTo("INFO");
    assertThat(lines.getFirst().get("message").asText())
        .isEqualTo("create Vip \"10.0.0.1\"\n second line");
    assertThat(lines.getLast().get("exception").asText())
        .startsWith("java.lang.IllegalStateException: because")
        .contains("at dev.fairway.manager.telemetry.LogsTest");
  }

  @Test
  void whatIsAboutNoServiceHasNoKey() throws Exception {
    use(LogFormat.JSON, Level.INFO);

    log("dev.fairway.x").info("hello");

    assertThat(lines().getFirst().has("key")).isFalse();
  }

  @Test
  void theLevelIsThatOfOurLoggersOnly() throws Exception {
    use(LogFormat.JSON, Level.DEBUG);

    log("dev.fairway.x").debug("told");
    log("org.example").info("not told");

    assertThat(lines()).hasSize(1);
  }

  @Test
  void textStaysAsItIs() {
    Logs.use(new Logging(LogFormat.TEXT, Optional.empty()), context);

    log("dev.fairway.x").warn("hello");

    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("WARN  hello");
  }

  private void use(LogFormat format, Level level) {
    Logs.use(new Logging(format, Optional.of(level)), context);
  }

  private org.slf4j.Logger log(String name) {
    return context.getLogger(name);
  }

  private List<JsonNode> lines() throws Exception {
    var lines = new java.util.ArrayList<JsonNode>();
    for (var line : written.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
