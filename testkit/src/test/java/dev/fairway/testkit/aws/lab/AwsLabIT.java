// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Command;
import dev.fairway.testkit.process.Until;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page about the development loop, command by command, as far as this module goes: the
/// controller itself is started elsewhere.
class AwsLabIT {
  private static final Path PAGE = Path.of("../docs/aws-dev-loop.md");
  private static final String DIRECTORY = "/tmp/fairway-0/k3f9";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir private Path directory;

  @Test
  void theCommandsOfThePageWork() throws IOException {
    var shown = commands();
    assertThat(shown)
        .startsWith("./fairway lab aws --kube", ". " + DIRECTORY + "/environment")
        .contains("./fairway controller --config " + DIRECTORY + "/fairway.yaml");

    try (var lab = start("--kube")) {
      var output = awaitReady(lab);
      assertThat(output).contains("./fairway controller --config " + directory + "/fairway.yaml");
      assertThat(Files.readString(directory.resolve("fairway.yaml"))).contains("provider: aws");

      var script = new StringBuilder("set -eux\n");
      shown.stream()
          .filter(command -> !command.contains("./fairway"))
          .forEach(
              command -> script.append(command.replace(DIRECTORY, "" + directory)).append('\n'));
      script.append("kubectl get nodes -o 'jsonpath={.items[*].spec.providerID}'\n");
      var answers = shell(script.toString());

      assertThat(answers)
          .contains("service/web created", "web    LoadBalancer", "<DescribeLoadBalancersResponse")
          .containsPattern("elasticloadbalancing DescribeLoadBalancers 200\n")
          .contains(
              "aws:///eu-central-1a/i-", "aws:///eu-central-1b/i-", "aws:///eu-central-1c/i-");
    }
  }

  @Test
  void nothingIsLeftWhenItEnds() throws IOException {
    URI endpoint;
    try (var lab = start()) {
      awaitReady(lab);
      endpoint = endpoint();
      assertThat(isServed(endpoint)).isTrue();
      assertThat(children(lab)).isNotEmpty();
      var emulator = children(lab).getFirst();

      assertThat(lab.stop(Duration.ofSeconds(10))).isTrue();

      Until.isTrue("the end of the emulator", LIMIT, () -> !emulator.isAlive());
    }
    assertThat(isServed(endpoint)).isFalse();
  }

  @Test
  void localStackWithoutWhatItNeedsIsOneLine() throws IOException {
    try (var lab = start("--localstack")) {
      assertThat(lab.awaitExit(LIMIT)).isTrue();

      assertThat(lab.exitCode()).hasValue(1);
      assertThat(Files.readAllLines(lab.log()))
          .singleElement()
          .asString()
          .startsWith("fairway: LocalStack needs ")
          .contains("LOCALSTACK_AUTH_TOKEN");
    }
  }

  /// The commands of the page: indented, and no code.
  private static List<String> commands() throws IOException {
    var commands = new ArrayList<String>();
    for (var line : Files.readString(PAGE).split("## In a test", 2)[0].split("\n", -1)) {
      if (line.startsWith("    ")) {
        commands.add(line.strip());
      }
    }
    return commands;
  }

  private ChildProcess start(String... flags) {
    var command =
        new ArrayList<>(
            List.of(
                "env",
                "-u",
                "LOCALSTACK_AUTH_TOKEN",
                "FAIRWAY_RUN_DIR=" + directory,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AwsLab.class.getName()));
    command.addAll(List.of(flags));
    return ChildProcess.start("lab", directory.resolve("lab.log"), command);
  }

  private static String awaitReady(ChildProcess lab) {
    Until.isTrue(
        "the lab",
        LIMIT,
        () -> {
          lab.requireAlive();
          return lab.tail().contains("the calls so far");
        });
    return lab.tail(50);
  }

  private URI endpoint() throws IOException {
    var found =
        Pattern.compile("AWS_ENDPOINT_URL=(.*)")
            .matcher(Files.readString(directory.resolve("environment")));
    assertThat(found.find()).isTrue();
    return URI.create(found.group(1));
  }

  private static boolean isServed(URI endpoint) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort()));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static List<ProcessHandle> children(ChildProcess lab) {
    return ProcessHandle.of(lab.pid()).orElseThrow().descendants().toList();
  }

  private static String shell(String script) {
    return Command.runWithInput(script, List.of("bash"));
  }
}
