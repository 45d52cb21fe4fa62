// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import dev.fairway.testkit.process.Belongings;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Command;
import dev.fairway.testkit.process.Until;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A real Kubernetes control plane: etcd, API server and, if asked for, some controllers, as child
/// processes on ports of their own, so that several live side by side. There are no kubelets and no
/// scheduler.
///
/// Starting takes two to three seconds. Logs and data are in the directory given.
public final class ControlPlane implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Belongings belongings = new Belongings();
  private final Components components;
  private final ServiceAccountKey key;
  private final Path tokens;
  private Endpoint endpoint;
  private KubernetesClient admin;
  private ChildProcess apiServer;

  private ControlPlane(KubeBinaries binaries, Path directory, ControlPlaneOptions options)
      throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    components =
        new Components(
            binaries,
            Files.createDirectories(directory),
            options,
            FreePorts.next(loopback),
            FreePorts.next(loopback),
            FreePorts.next(InetAddress.ofLiteral(options.address())));
    key = ServiceAccountKey.in(directory);
    tokens = Files.writeString(directory.resolve("tokens.csv"), tokenFile(options.users()));
    try {
      // The API server retries until etcd answers, so both start at once.
      start("etcd", components.etcd());
      apiServer = start("kube-apiserver", components.apiServer(key, tokens));
      endpoint = endpoint();
      admin = belongings.add(clientOf(User.ADMIN));
    } catch (RuntimeException | IOException e) {
      belongings.close();
      throw e;
    }
  }

  /// Starts the processes and returns as soon as there is a kubeconfig to give to clients that
  /// retry; [#awaitReady()] waits for the rest.
  ///
  /// @param directory for data and logs of this control plane alone; made if absent
  /// @throws IllegalStateException when a process dies, with the end of its log
  public static ControlPlane begin(
      KubeBinaries binaries, Path directory, ControlPlaneOptions options) {
    try {
      return new ControlPlane(binaries, directory, options);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare a control plane in " + directory, e);
    }
  }

  /// Starts the processes and waits until the API server is ready.
  ///
  /// @throws IllegalStateException when a process dies or is not ready after a minute, with the end
  ///   of its log
  public static ControlPlane start(
      KubeBinaries binaries, Path directory, ControlPlaneOptions options) {
    ControlPlane controlPlane = begin(binaries, directory, options);
    try {
      controlPlane.awaitReady();
      return controlPlane;
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  /// Waits until the API server is ready, then starts the controllers.
  public void awaitReady() {
    Readiness.await(apiServer, endpoint);
    if (!components.options().controllers().isEmpty()) {
      int port = FreePorts.next(InetAddress.getLoopbackAddress());
      start("kube-controller-manager", components.controllerManager(kubeconfig(User.ADMIN), port));
    }
  }

  /// A client of the administrator. It is closed with the control plane.
  public KubernetesClient client() {
    return admin;
  }

  /// A new client of `user`, which the caller closes.
  public KubernetesClient client(User user) {
    return clientOf(known(user));
  }

  /// A file with the kubeconfig of the administrator.
  public Path kubeconfig() {
    return kubeconfig(User.ADMIN);
  }

  /// A file with the kubeconfig of `user`.
  public Path kubeconfig(User user) {
    Path file =
        components.directory().resolve("kubeconfig-" + known(user).name().replace(':', '-'));
    try {
      return Files.exists(file) ? file : Files.writeString(file, endpoint.kubeconfig(user));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /// Runs kubectl as the administrator and returns what it prints.
  ///
  /// @throws IllegalStateException when it fails, with what it printed
  public String kubectl(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(components.binaries().kubectl());
    command.add("--kubeconfig=" + kubeconfig());
    command.addAll(List.of(arguments));
    return Command.run(command.toArray(String[]::new));
  }

  /// Applies a manifest, or a kustomization or all manifests of a directory, and waits until every
  /// CRD there is can be used.
  public void applyYaml(Path fileOrDirectory) {
    // By kubectl, so that no model class drops a field that it does not know.
    String what = Files.exists(fileOrDirectory.resolve("kustomization.yaml")) ? "-k" : "-f";
    String _ = kubectl("apply", "--server-side", what, fileOrDirectory.toString());
    Until.isTrue("the CRDs to be established", LIMIT, this::allCrdsEstablished);
  }

  /// Kills the API server as a crash does; connections break, the data stays.
  public void stopApiServer() {
    apiServer.kill9();
  }

  /// Starts the API server again, at the same address and with the same data, and waits until it is
  /// ready.
  public void startApiServer() {
    apiServer = start("kube-apiserver", components.apiServer(key, tokens));
    Readiness.await(apiServer, endpoint);
  }

  /// Ends all processes. The directory stays, with the logs.
  @Override
  public void close() {
    belongings.close();
  }

  private boolean allCrdsEstablished() {
    return admin.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .allMatch(crd ->
            crd.getStatus() != null
                && crd.getStatus().getConditions().stream()
                    .anyMatch(
                        c -> c.getType().equals("Established") && c.getStatus().equals("True")));
  }

  private Endpoint endpoint() throws IOException {
    Path certificate = components.apiServerCertificate();
    // The API server writes the key last: when it is there, the certificate is complete.
    Path lastWritten = certificate.resolveSibling("apiserver.key");
    Until.isTrue(
        "the API server's certificate; see " + apiServer.log(),
        LIMIT,
        () -> {
          apiServer.requireAlive();
          return Files.exists(lastWritten);
        });
    return new Endpoint(components.url(), Files.readString(certificate));
  }

  private ChildProcess start(String name, List<String> command) {
    Path log = components.directory().resolve(name + ".log");
    return belongings.add(new Killed(ChildProcess.start(name, log, command))).process();
  }

  private KubernetesClient clientOf(User user) {
    return new KubernetesClientBuilder().withConfig(endpoint.clientConfig(user)).build();
  }

  private User known(User user) {
    if (user.equals(User.ADMIN) || components.options().users().contains(user)) {
      return user;
    }
    throw new IllegalArgumentException(
        user.name() + " is not among the users that this control plane was started with");
  }

  private static String tokenFile(List<User> users) {
    StringBuilder lines = new StringBuilder(User.ADMIN.tokenLine()).append('\n');
    users.forEach(user -> lines.append(user.tokenLine()).append('\n'));
    return lines.toString();
  }

  /// Nothing here is worth the seconds that an orderly shutdown of an API server takes.
  private record Killed(ChildProcess process) implements AutoCloseable {
    @Override
    public void close() {
      process.kill9();
    }
  }
}
