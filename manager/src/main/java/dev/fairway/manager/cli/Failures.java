// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.manager.config.InvalidConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/// What the user gets to see when a command fails: one line.
final class Failures implements CommandLine.IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleExecutionException(
      Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    line.getErr().println("fairway: " + Fairway.oneLine(e.getMessage()));
    LOG.debug("failed", e);
    return e instanceof InvalidConfig ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }
}
