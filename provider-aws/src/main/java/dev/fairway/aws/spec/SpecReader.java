// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.model.Desired;
import java.util.List;
import java.util.Optional;

/// Reads.
public final class SpecReader {
  private SpecReader() {}

  public static SpecReading read(Desired.Present present, Defaults defaults) {
    return new SpecReading(Optional.empty(), List.of());
  }
}
