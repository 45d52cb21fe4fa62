// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Command;
import dev.fairway.testkit.process.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page about the development loop, command by command, as far as this module goes: the
/// controller itself is started elsewhere.
class ServeOpenStackIT {
  private static final Path PAGE = Path.of("../docs/openstack-dev-loop.md");
  private static final String DIRECTORY = "/tmp/fairway-0/k3f9";
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir private Path directory;

  @Test
  void theCommandsOfThePageWorkAndNothingIsLeftWhenItEnds() throws IOException {
    var shown = commands();
    assertThat(shown)
        .startsWith("./fairway lab openstack --kube", ". " + DIRECTORY + "/environment")
        .contains("./fairway controller --config " + DIRECTORY + "/fairway.yaml");

    try (var lab = start()) {
      awaitReady(lab);
      assertThat(lab.tail(50))
          .contains("./fairway controller --config " + directory + "/fairway.yaml");
      assertThat(Files.readString(directory.resolve("fairway.yaml")))
          .contains("provider: openstack");

      // One by one within their limit: each call of the client takes seconds.
      var answers = new StringBuilder();
      for (var command : shown) {
        if (!command.contains("./fairway") && !command.startsWith(". ")) {
          answers.append(shell(command));
        }
      }
      answers.append(shell("kubectl get nodes -o 'jsonpath={.items[*].spec.providerID}'"));

      assertThat(answers)
          .contains("service/web created", "web    LoadBalancer")
          .containsPattern("(openstack:///[0-9a-f-]{36} ?){3}");
      assertThat(shell("openstack subnet list --network public -f value -c Name"))
          .contains("public-subnet", "public-small");

      var processes = ProcessHandle.of(lab.pid()).orElseThrow().descendants().toList();
      assertThat(processes).hasSizeGreaterThan(4);
      assertThat(lab.stop(Duration.ofSeconds(15))).isTrue();
      Until.isTrue(
          "the end of all processes",
          LIMIT,
          () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  /// The commands of the page: indented, and no code.
  private static List<String> commands() throws IOException {
    return Files.readString(PAGE)
        .split("## In a test", 2)[0]
        .lines()
        .filter(line -> line.startsWith("    "))
        .map(String::strip)
        .toList();
  }

  private ChildProcess start() {
    var command =
        new ArrayList<>(
            List.of(
                "env",
                "FAIRWAY_RUN_DIR=" + directory,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServeOpenStack.class.getName(),
                "--kube"));
    return ChildProcess.start("lab", directory.resolve("lab.log"), command);
  }

  private static void awaitReady(ChildProcess lab) {
    Until.isTrue(
        "the lab",
        LIMIT,
        () -> {
          lab.requireAlive();
          return lab.tail().contains("the OpenStack client");
        });
  }

  private String shell(String command) {
    var script = "set -eu\n. %s/environment\n%s\n".formatted(directory, command);
    return Command.runWithInput(script, List.of("bash"));
  }
}
