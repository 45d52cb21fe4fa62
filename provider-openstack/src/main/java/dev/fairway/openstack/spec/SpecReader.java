// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.Desired;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.config.Options;
import dev.fairway.openstack.model.Surroundings;
import java.util.List;
import java.util.Map;

/// stand-in
public final class SpecReader {
  private SpecReader() {}

  public static SpecReading read(
      Desired.Present present,
      Options options,
      Map<String, LoadBalancerClass> classes,
      Surroundings around) {
    throw new UnsupportedOperationException("" + present + options + classes + around + List.of());
  }
}
