// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.cloud.NodeAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/// The program. Exit codes: 0 well, 1 failed, 2 wrong words on the command line or in the
/// configuration, 3 the plan has steps, where that was asked for, or something cannot be migrated.
@Command(
    name = "fairway",
    description = "A LoadBalancer controller for Kubernetes.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    subcommands = {
      ControllerCommand.class,
      PlanCommand.class,
      ExplainCommand.class,
      OrphansCommand.class,
      MigrateCommand.class,
      VersionCommand.class
    })
public final class Fairway {
  private Fairway() {}

  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(Fairway::end);
    System.exit(commandLine().execute(args));
  }

  // What nobody expected, such as a class that is missing: a process that goes on without one of
  // its
  // threads would hold its Lease and do nothing. Whoever runs it starts it again.
  private static void end(Thread thread, Throwable error) {
    LoggerFactory.getLogger(Fairway.class).error("{} died, ending", thread.getName(), error);
    Runtime.getRuntime().halt(ExitCode.SOFTWARE);
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new Fairway());
    ServiceLoader.load(NodeAgent.class)
        .forEach(agent -> line.addSubcommand(agent.name(), new NodeAgentCommand(agent)));
    line.setParameterExceptionHandler(Fairway::wrongWords);
    line.setExecutionExceptionHandler(new Failures());
    return line;
  }

  // The library would print the whole usage; one line that names the word helps more.
  private static int wrongWords(CommandLine.ParameterException e, String[] args) {
    var suggestions = new ArrayList<String>();
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      suggestions.addAll(unmatched.getSuggestions());
    }
    var line = e.getCommandLine();
    var hint =
        suggestions.isEmpty()
            ? "see %s --help".formatted(line.getCommandSpec().qualifiedName())
            : "did you mean %s?".formatted(String.join(" or ", suggestions.subList(0, 1)));
    line.getErr().println("fairway: %s; %s".formatted(oneLine(e.getMessage()), hint));
    return ExitCode.USAGE;
  }

  /// The innermost message of an error, which says most.
  static String reason(Throwable error) {
    var cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : oneLine(cause.getMessage());
  }

  static String oneLine(@Nullable String message) {
    return message == null
        ? "no message"
        : String.join(" ", List.of(message.strip().split("\\s*\\R\\s*")));
  }
}
