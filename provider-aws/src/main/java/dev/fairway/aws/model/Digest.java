// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Short names for values: equal values have equal digests, in every process.
public final class Digest {
  private Digest() {}

  /// The first `length` hexadecimal digits of the SHA-256 of these parts, of which none may contain
  /// a zero byte.
  public static String of(int length, List<String> parts) {
    try {
      var bytes =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
