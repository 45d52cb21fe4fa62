// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements IVersionProvider, Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public String[] getVersion() {
    var version = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion());
    return new String[] {
      "fairway %s, Java %s".formatted(version.orElse("(built from source)"), Runtime.version())
    };
  }

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(getVersion()[0]);
    return 0;
  }
}
