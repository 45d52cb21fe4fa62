// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command lines of etcd, API server and controllers.
///
/// @param directory where data, certificates and logs are
/// @param etcdPort of the client side, on loopback
/// @param apiPort of the API server
record Components(
    KubeBinaries binaries,
    Path directory,
    ControlPlaneOptions options,
    int etcdPort,
    int etcdPeerPort,
    int apiPort) {

  static final String SERVICE_CIDR = "10.96.0.0/16";

  List<String> etcd() {
    String client = "http://127.0.0.1:" + etcdPort;
    String peer = "http://127.0.0.1:" + etcdPeerPort;
    return List.of(
        binaries.etcd(),
        "--name=etcd",
        "--data-dir=" + directory.resolve("etcd"),
        // The data need not outlive the machine, only the processes.
        "--unsafe-no-fsync",
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=etcd=" + peer,
        "--log-level=warn");
  }

  List<String> apiServer(ServiceAccountKey key, Path tokens) {
    List<String> command = new ArrayList<>(apiServerCommand(key, tokens));
    command.addAll(options.apiServerFlags());
    return command;
  }

  private List<String> apiServerCommand(ServiceAccountKey key, Path tokens) {
    return List.of(
        binaries.apiServer(),
        "--etcd-servers=http://127.0.0.1:" + etcdPort,
        "--bind-address=" + options.address(),
        "--advertise-address=" + options.address(),
        "--secure-port=" + apiPort,
        "--cert-dir=" + certificates(),
        // No endpoints for the Service `kubernetes`: no pod of a test calls it.
        "--endpoint-reconciler-type=none",
        "--service-cluster-ip-range=" + SERVICE_CIDR,
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + key.publicKey(),
        "--service-account-signing-key-file=" + key.privateKey(),
        "--token-auth-file=" + tokens,
        "--authorization-mode=RBAC",
        // Nobody makes service accounts here, and pods must not wait for theirs.
        "--disable-admission-plugins=ServiceAccount",
        "--allow-privileged");
  }

  List<String> controllerManager(Path kubeconfig, int port) {
    return List.of(
        binaries.controllerManager(),
        "--kubeconfig=" + kubeconfig,
        "--leader-elect=false",
        "--controllers=" + String.join(",", options.controllers()),
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=" + certificates());
  }

  Path certificates() {
    return directory.resolve("certificates");
  }

  /// The API server makes its own certificate and leaves it here.
  Path apiServerCertificate() {
    return certificates().resolve("apiserver.crt");
  }

  String url() {
    return "https://%s:%d".formatted(options.address(), apiPort);
  }
}
