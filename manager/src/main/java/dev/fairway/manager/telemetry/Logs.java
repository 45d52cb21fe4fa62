// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.fairway.manager.config.Config;
import java.util.Iterator;
import org.slf4j.LoggerFactory;

/// Sets up the log as configured. Until then it is text, at the level that `FAIRWAY_LOG_LEVEL`
/// says.
public final class Logs {
  private static final String OURS = "dev.fairway";

  private Logs() {}

  public static void use(Config.Logging logging) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      use(logging, context);
    }
  }

  static void use(Config.Logging logging, LoggerContext context) {
    logging
        .level()
        .map(level -> Level.convertAnSLF4JLevel(level))
        .ifPresent(context.getLogger(OURS)::setLevel);
    switch (logging.format()) {
      case TEXT -> {}
      case JSON ->
          appenders(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
              .forEachRemaining(appender -> {
                if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
                  var lines = new JsonLines();
                  lines.setContext(context);
                  lines.start();
                  stream.setEncoder(lines);
                }
              });
    }
  }

  private static Iterator<ch.qos.logback.core.Appender<ILoggingEvent>> appenders(Logger root) {
    return root.iteratorForAppenders();
  }
}
