// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.manager.config.InvalidConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Asks the controller that leads and prints its answer: flags that several commands share.
final class Question {
  // A plan of everything may be calls to the cloud.
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern SERVICE =
      Pattern.compile("(?:([a-z0-9][a-z0-9-]*)/)?([a-z0-9][a-z0-9.-]*)");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Of a Service that is named without (default: that of the kubeconfig).")
  private Optional<String> namespace = Optional.empty();

  @Mixin private KubeAccess access = new KubeAccess();

  @Option(
      names = "--namespace-of-fairway",
      paramLabel = "NAME",
      defaultValue = "fairway-system",
      description = "Where Fairway is installed (default: ${DEFAULT-VALUE}).")
  private String installation = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "10258",
      description = "The --http-port of the controllers (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--controller",
      paramLabel = "URL",
      description = "Asks the controller at this address, without the API server.")
  private Optional<String> controller = Optional.empty();

  /// Asks about everything.
  ///
  /// @param what the word of the path, as `plan`
  Reply ask(String what) {
    try (var link = link()) {
      return print(link.get(path(what)));
    }
  }

  /// Asks about one Service.
  ///
  /// @param service `NAMESPACE/SERVICE` or `SERVICE`
  Reply ask(String what, String service) {
    var words = SERVICE.matcher(service);
    if (!words.matches()) {
      throw new InvalidConfig(
          "'%s' is not the name of a Service; write NAMESPACE/SERVICE or SERVICE"
              .formatted(service));
    }
    try (var link = link()) {
      var in = Optional.ofNullable(words.group(1)).or(() -> namespace).orElseGet(link::namespace);
      return print(link.get(path("%s/%s/%s".formatted(what, in, words.group(2)))));
    }
  }

  private String path(String question) {
    return "/v1/%s?output=%s".formatted(question, json ? "json" : "text");
  }

  private Reply print(Reply reply) {
    if (!reply.ok()) {
      throw new Unanswered(reply.message());
    }
    var out = spec.commandLine().getOut();
    out.print(reply.body());
    out.flush();
    return reply;
  }

  private Link link() {
    var direct = controller.map(address -> DirectLink.to(address, TIMEOUT));
    if (direct.isPresent()) {
      return direct.get();
    }
    return new ProxiedLink(access.client(TIMEOUT), installation, port, TIMEOUT);
  }
}
