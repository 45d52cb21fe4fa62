// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The programs of one Kubernetes version in one directory: etcd, kube-apiserver,
/// kube-controller-manager, kube-proxy and kubectl.
public record KubeBinaries(Path directory) {
  /// Names the directory.
  public static final String VARIABLE = "FAIRWAY_KUBE_BIN";

  private static final List<String> PROGRAMS =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-proxy", "kubectl");

  /// @throws IllegalStateException when a program is missing; the message names all that are
  public KubeBinaries {
    List<String> missing =
        PROGRAMS.stream().filter(p -> !Files.isExecutable(directory.resolve(p))).toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "%s=%s lacks %s; run the tests by ./fairway test, which provides them"
              .formatted(VARIABLE, directory, String.join(", ", missing)));
    }
  }

  /// The programs in the directory that the environment names.
  ///
  /// @throws IllegalStateException when the variable is not set or a program is missing
  public static KubeBinaries fromEnvironment() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .map(Path::of)
        .map(KubeBinaries::new)
        .orElseThrow(() ->
            new IllegalStateException(
                VARIABLE
                    + " is not set; run the tests by ./fairway test, which provides the"
                    + " Kubernetes programs"));
  }

  String etcd() {
    return program("etcd");
  }

  String apiServer() {
    return program("kube-apiserver");
  }

  String controllerManager() {
    return program("kube-controller-manager");
  }

  /// The path of kube-proxy.
  public String proxy() {
    return program("kube-proxy");
  }

  /// The path of kubectl.
  public String kubectl() {
    return program("kubectl");
  }

  private String program(String name) {
    return directory.resolve(name).toString();
  }
}
