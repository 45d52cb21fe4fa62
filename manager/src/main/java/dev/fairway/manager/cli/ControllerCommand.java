// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.manager.Controller;
import dev.fairway.manager.inspect.Pages;
import dev.fairway.manager.telemetry.HttpEndpoints;
import dev.fairway.manager.telemetry.Logs;
import dev.fairway.manager.telemetry.Metrics;
import dev.fairway.manager.telemetry.OtlpTraces;
import dev.fairway.manager.telemetry.TraceExport;
import dev.fairway.manager.telemetry.Traces;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "controller",
    description = "Serves the Services of type LoadBalancer.",
    mixinStandardHelpOptions = true)
final class ControllerCommand implements Callable<Integer> {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(3);

  @Mixin private ClientOptions options = new ClientOptions();

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "10258",
      description =
          "Where /healthz, /readyz, /metrics and /v1/ are served (default: ${DEFAULT-VALUE}).")
  private int httpPort;

  @Override
  public Integer call() throws InterruptedException {
    var config = options.config();
    var settings = options.settings(config);
    var port = ClientOptions.port(httpPort);
    Logs.use(config.logging());
    var identity = identity();
    var metrics = new Metrics().withProcess();
    var traces =
        TraceExport.of(config.tracing(), System.getenv())
            .<Traces>map(export -> new OtlpTraces(export, identity, metrics))
            .orElseGet(Traces::none);
    var client = options.client(REQUEST_TIMEOUT, metrics);
    var electionClient = options.client(LEASE_TIMEOUT, metrics);
    var controller =
        new Controller(client, electionClient, identity, config, settings, metrics, traces);
    var http = new HttpEndpoints(port, () -> true, controller::ready, metrics::scrape);
    http.serve(Pages.PREFIX, new Pages(controller::standing)::get);
    controller.start();
    Serving.untilTold(() -> {
      controller.close();
      http.close();
      traces.close();
      client.close();
      electionClient.close();
    });
    return 0;
  }

  // Never the name alone: after a crash, the new process must not take the Lease of the old one for
  // its own.
  private static String identity() {
    return Optional.ofNullable(System.getenv("POD_NAME")).orElseGet(ControllerCommand::hostName)
        + "_"
        + UUID.randomUUID();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "unknown-host";
    }
  }
}
