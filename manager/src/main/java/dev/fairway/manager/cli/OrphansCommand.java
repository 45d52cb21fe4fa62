// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
    name = "orphans",
    description = "Lists load balancers that belong to no Service.",
    mixinStandardHelpOptions = true)
final class OrphansCommand implements Callable<Integer> {
  @Mixin private Question question = new Question();

  @Override
  public Integer call() {
    question.ask("orphans");
    return ExitCode.OK;
  }
}
