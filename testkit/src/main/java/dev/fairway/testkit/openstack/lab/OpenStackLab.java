// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Command;
import dev.fairway.testkit.process.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A real OpenStack control plane on loopback: Keystone, Neutron, Octavia with its worker, and
/// MariaDB. Load balancers become ACTIVE as they do in a cloud, but no machine is behind them; with
/// OVN those of its provider carry packets, see [#virtualSwitch()].
///
/// Each one has a fresh copy of the seeded cloud, and ports of its own: several can be up at once.
/// Safe for several threads.
public final class OpenStackLab implements AutoCloseable {
  // 12 s on an idle machine with two cores; several times that with a build beside it.
  private static final Duration START = Duration.ofMinutes(3);
  private static final int LONGEST_SOCKET_PATH = 107; // sun_path of unix(7)

  private final Path directory;
  private final ChildProcess process;
  private final String description;
  private final LabSeed seed;
  private final LabCaller admin;

  private OpenStackLab(Path directory, ChildProcess process, String description) {
    this.directory = directory;
    this.process = process;
    this.seed = LabSeed.parse(description);
    this.description = description;
    this.admin = LabCaller.login(seed.authUrl(), seed.admin());
  }

  /// Starts the control plane that the environment names, in a new directory under `runDirectory`;
  /// returns when all services answer.
  ///
  /// @throws IllegalStateException when there is none, or it does not come up
  public static OpenStackLab start(Path runDirectory, LabOptions options) {
    return start(OpenStackHome.fromEnvironment(), runDirectory, options);
  }

  static OpenStackLab start(OpenStackHome home, Path runDirectory, LabOptions options) {
    var directory = directory(runDirectory);
    var place = directory.resolve("os");
    var _ =
        Command.run(
            "cp", "-a", "--reflink=auto", home.template(options).toString(), place.toString());
    var command = new ArrayList<>(List.of(home.program(), "run", place.toString()));
    command.addAll(options.arguments());
    var process = ChildProcess.start("openstack", directory.resolve("openstack.log"), command);
    try {
      return new OpenStackLab(directory, process, awaitReady(process, place));
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static String awaitReady(ChildProcess process, Path place) {
    var description = place.resolve("lab.json");
    Until.isTrue(
        "the OpenStack control plane, see " + process.log(),
        START,
        () -> {
          process.requireAlive();
          return Files.exists(description);
        });
    try {
      return Files.readString(description);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + description, e);
    }
  }

  private static Path directory(Path runDirectory) {
    try {
      var directory =
          Files.createTempDirectory(
              Files.createDirectories(runDirectory).toAbsolutePath(), "openstack-");
      var socket = directory.resolve("os/ovn/northd.sock").toString();
      if (socket.length() > LONGEST_SOCKET_PATH) {
        throw new IllegalStateException(
            "%s is too long for a socket: use a shorter run directory".formatted(socket));
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for the control plane", e);
    }
  }

  public LabSeed seed() {
    return seed;
  }

  /// The switch that machines are plugged into.
  ///
  /// @throws IllegalStateException when the lab was started without OVN
  public VirtualSwitch virtualSwitch() {
    return VirtualSwitch.parse(description, this);
  }

  long pid() {
    return process.pid();
  }

  /// Calls as the administrator of the cloud.
  public LabCaller admin() {
    return admin;
  }

  /// Calls as the user of a project.
  public LabCaller as(LabSeed.Project project) {
    return LabCaller.login(seed.authUrl(), project.login());
  }

  /// Changes what no API changes, as the status of a load balancer; prints rows of a query, one a
  /// line, without a heading.
  ///
  /// @param database `octavia`, `neutron` or `keystone`
  public String sql(String database, String statement) {
    return Command.run(
        "mariadb",
        "--no-defaults",
        "--user=root",
        "--socket=" + seed.databaseSocket(),
        "--batch",
        "--skip-column-names",
        "--execute=" + statement,
        database);
  }

  /// Puts a load balancer into a state, such as `ERROR` or `PENDING_UPDATE`, in which it then
  /// stays.
  public void setStatus(String loadBalancer, String provisioningStatus) {
    var _ =
        sql(
            "octavia",
            "UPDATE load_balancer SET provisioning_status = '%s' WHERE id = '%s'"
                .formatted(word(provisioningStatus), word(loadBalancer)));
  }

  /// Limits how many of `resource` the project `demo` may have.
  ///
  /// @param resource Octavia's name, such as `load_balancer`, `listener`, `pool`, `member`
  /// @param most -1 for no limit
  public void setQuota(String resource, int most) {
    var uri = loadBalancers("/quotas/" + seed.demo().projectId());
    var _ = admin.put(uri, "{\"quota\": {\"%s\": %d}}".formatted(resource, most)).accepted();
  }

  /// Limits how many of `resource` the project `demo` may have in Neutron.
  ///
  /// @param resource such as `floatingip`
  /// @param most -1 for no limit
  public void setNetworkQuota(String resource, int most) {
    var uri = network("/quotas/" + seed.demo().projectId());
    var _ = admin.put(uri, "{\"quota\": {\"%s\": %d}}".formatted(resource, most)).accepted();
  }

  /// Has a load balancer rebuilt, which only an administrator may ask for.
  public void failover(String loadBalancer) {
    var _ =
        admin
            .put(loadBalancers("/loadbalancers/%s/failover".formatted(loadBalancer)), "")
            .accepted();
  }

  /// A resource of Octavia.
  ///
  /// @param path such as `/loadbalancers`
  public URI loadBalancers(String path) {
    return URI.create(seed.loadBalancerUrl() + "/v2/lbaas" + path);
  }

  /// A resource of Neutron.
  ///
  /// @param path such as `/floatingips`
  public URI network(String path) {
    return URI.create(seed.networkUrl() + "/v2.0" + path);
  }

  private static String word(String text) {
    if (!text.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("no id and no status: " + text);
    }
    return text;
  }

  /// Ends all of it. The logs stay, what the databases hold does not.
  @Override
  public void close() {
    process.close();
    var _ = Command.run("rm", "-rf", directory.resolve("os/db").toString());
  }
}
