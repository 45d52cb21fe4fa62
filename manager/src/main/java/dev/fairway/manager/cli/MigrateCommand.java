// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.cloud.annotation.Nearest;
import dev.fairway.cloud.migration.Migration;
import dev.fairway.cloud.migration.Move;
import dev.fairway.manager.config.InvalidConfig;
import dev.fairway.manager.migrate.ClusterObjects;
import dev.fairway.manager.migrate.ManifestFile;
import dev.fairway.manager.migrate.MoveJson;
import dev.fairway.manager.migrate.MoveText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "migrate",
    description = {
      "Prints the objects that take the place of another program's, with a report of what maps and what does not, and how to hand over.",
      "Only reads. Ends with 3 when something is refused."
    },
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int REFUSED = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private KubeAccess access = new KubeAccess();

  @Parameters(paramLabel = "PROGRAM", description = "From what: metallb.")
  private String program = "";

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Reads manifests (YAML, as kubectl get -o yaml writes them), not the cluster.")
  private List<Path> from = List.of();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Where the other program is installed (default for metallb: metallb-system).")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where the report goes (default: standard error).")
  private Optional<Path> report = Optional.empty();

  @Option(names = "--json", description = "Prints the report as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var migration = migration();
    var installed = namespace.orElse(migration.source().namespace());
    var move = migration.plan(installed, objects(migration, installed));
    var out = spec.commandLine().getOut();
    out.print(ManifestFile.write(move.objects()));
    out.flush();
    tell(move);
    return move.complete() ? ExitCode.OK : REFUSED;
  }

  private Migration migration() {
    var all =
        ServiceLoader.load(Migration.class).stream().map(ServiceLoader.Provider::get).toList();
    var names = all.stream().map(Migration::name).sorted().toList();
    return all.stream()
        .filter(one -> one.name().equals(program))
        .findFirst()
        .orElseThrow(() ->
            new InvalidConfig(
                "there is no way from '%s'; %s"
                    .formatted(
                        program,
                        Nearest.to(program, names)
                            .map("did you mean %s?"::formatted)
                            .orElse("there is one from " + String.join(", ", names)))));
  }

  private List<Map<String, Object>> objects(Migration migration, String installed) {
    if (!from.isEmpty()) {
      return from.stream().flatMap(file -> ManifestFile.read(file).stream()).toList();
    }
    try (var client = access.client(TIMEOUT)) {
      return new ClusterObjects(client, migration.source(), installed).read();
    }
  }

  private void tell(Move move) {
    var text = json ? MoveJson.of(move) : MoveText.of(move);
    if (report.isEmpty()) {
      var err = spec.commandLine().getErr();
      err.print(text);
      err.flush();
      return;
    }
    try {
      Files.writeString(report.get(), text);
    } catch (IOException e) {
      throw new InvalidConfig(
          "--report: %s cannot be written (%s)"
              .formatted(report.get(), e.getClass().getSimpleName()));
    }
  }
}
