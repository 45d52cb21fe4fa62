// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// A JUnit extension: one [ControlPlane] for the whole test run, and a [TestNamespace] for each
/// test, both as parameters of test methods.
///
/// ```java
/// @ExtendWith(SharedControlPlane.class)
/// class ServicesIT {
///   @Test
///   void aServiceHasANodePort(ControlPlane kube, TestNamespace namespace) { … }
/// }
/// ```
///
/// It starts with the first test that wants it and ends with the test run. What is global in a
/// cluster (nodes, custom resource definitions, pools) is shared by all tests of the run.
public final class SharedControlPlane implements ParameterResolver {
  private static final Namespace STORE = Namespace.create(SharedControlPlane.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == ControlPlane.class || type == TestNamespace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    ControlPlane shared = controlPlane(test);
    return parameter.getParameter().getType() == ControlPlane.class
        ? shared
        : test.getStore(STORE)
            .computeIfAbsent(
                TestNamespace.class,
                _ -> TestNamespace.create(shared.client()),
                TestNamespace.class);
  }

  // JUnit closes what is in a store, the root's at the end of the run.
  private static ControlPlane controlPlane(ExtensionContext test) {
    return test.getRoot()
        .getStore(STORE)
        .computeIfAbsent(
            ControlPlane.class,
            _ ->
                ControlPlane.start(
                    KubeBinaries.fromEnvironment(),
                    directory(),
                    ControlPlaneOptions.PLAIN.withControllers("endpointslice-controller")),
            ControlPlane.class);
  }

  private static Path directory() {
    try {
      String run = Optional.ofNullable(System.getenv("FAIRWAY_RUN_DIR")).orElse("target");
      return Files.createTempDirectory(
          Files.createDirectories(Path.of(run)).toAbsolutePath(), "kube-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for the control plane", e);
    }
  }
}
