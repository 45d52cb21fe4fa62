// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// A JUnit extension: one [OpenStackLab] for the whole test run, as a parameter of test methods and
/// of methods around them.
///
/// It starts with the first test that wants it and ends with the test run. Tests must tell their
/// objects from those of others, and give back quotas.
public final class SharedOpenStackLab implements ParameterResolver {
  private static final Namespace STORE = Namespace.create(SharedOpenStackLab.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == OpenStackLab.class;
  }

  // JUnit closes what is in a store, the root's at the end of the run.
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(STORE)
        .computeIfAbsent(
            OpenStackLab.class,
            _ -> OpenStackLab.start(runDirectory(), LabOptions.PLAIN),
            OpenStackLab.class);
  }

  private static Path runDirectory() {
    return Path.of(Optional.ofNullable(System.getenv("FAIRWAY_RUN_DIR")).orElse("target"));
  }
}
