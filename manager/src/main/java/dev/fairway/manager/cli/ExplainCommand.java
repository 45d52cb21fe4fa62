// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = "Says why a Service has the address that it has, or why it has none.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin private Question question = new Question();

  @Parameters(paramLabel = "[NAMESPACE/]SERVICE", description = "The Service.")
  private String service = "";

  @Override
  public Integer call() {
    question.ask("explain", service);
    return ExitCode.OK;
  }
}
