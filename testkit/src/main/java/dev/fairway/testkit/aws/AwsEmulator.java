// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import java.net.URI;

/// A running endpoint that answers like AWS.
public interface AwsEmulator extends AutoCloseable {
  URI uri();

  /// Empties it.
  void reset();

  /// Ends it, if it was started for this.
  @Override
  void close();
}
