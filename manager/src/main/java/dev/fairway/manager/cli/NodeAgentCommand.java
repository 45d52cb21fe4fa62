// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.cloud.NodeAgent;
import dev.fairway.manager.config.InvalidConfig;
import dev.fairway.manager.telemetry.HttpEndpoints;
import dev.fairway.manager.telemetry.Logs;
import dev.fairway.manager.telemetry.Metrics;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the part of a provider that every node needs; named after it.
@Command(
    description = "Runs on every node, for providers that announce addresses.",
    mixinStandardHelpOptions = true)
final class NodeAgentCommand implements Callable<Integer> {
  private final NodeAgent agent;

  @Mixin private ClientOptions options = new ClientOptions();

  @Option(
      names = "--node-name",
      paramLabel = "NAME",
      defaultValue = "${env:NODE_NAME:-}",
      description = "The Node object of this machine (default: the environment's NODE_NAME).")
  private String nodeName = "";

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "7472",
      description =
          "Where /healthz, /readyz, /metrics and pages of the provider are served (default: ${DEFAULT-VALUE}).")
  private int httpPort;

  NodeAgentCommand(NodeAgent agent) {
    this.agent = agent;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (nodeName.isBlank()) {
      throw new InvalidConfig(
          "--node-name: is missing; name the Node object of this machine, or set NODE_NAME");
    }
    var port = ClientOptions.port(httpPort);
    var config = options.config();
    var settings = options.settings(config);
    Logs.use(config.logging());
    var metrics = new Metrics().withProcess();
    var running =
        agent.start(new NodeAgent.Context(nodeName, settings, metrics, InstantSource.system()));
    var http = new HttpEndpoints(port, () -> true, running.ready(), metrics::scrape);
    running.pages().forEach((prefix, page) -> http.serve(prefix, new AgentPage(prefix, page)));
    Serving.untilTold(() -> {
      running.stop().run();
      http.close();
    });
    return 0;
  }
}
