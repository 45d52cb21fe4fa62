// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description = "Shows the steps that the controller would carry out now.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  private static final int CHANGES = 3;

  @Mixin private Question question = new Question();

  @Parameters(
      arity = "0..1",
      paramLabel = "[NAMESPACE/]SERVICE",
      description = "Only for this Service (default: for all).")
  private Optional<String> service = Optional.empty();

  @Option(
      names = "--exit-code",
      description = "Ends with 3 when there are steps, also when the policy withholds them.")
  private boolean exitCode;

  @Override
  public Integer call() {
    var reply = service.map(of -> question.ask("plan", of)).orElseGet(() -> question.ask("plan"));
    return exitCode && reply.steps() > 0 ? CHANGES : ExitCode.OK;
  }
}
