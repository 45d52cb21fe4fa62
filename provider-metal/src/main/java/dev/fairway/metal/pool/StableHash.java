// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.nio.charset.StandardCharsets;

/// A hash that is the same in every process and release, for choices that should survive a restart.
/// Not for secrets.
public final class StableHash {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private StableHash() {}

  /// FNV-1a over the UTF-8 bytes of the parts, with the finalizer of MurmurHash3: FNV alone leaves
  /// the upper bits of short texts alike.
  public static long of(String... parts) {
    long hash = FNV_OFFSET;
    for (String part : parts) {
      for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
        hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
      }
      hash =
          (hash ^ 0xFF)
              * FNV_PRIME; // 0xFF is in no UTF-8 text, so that ("a", "bc") differs from ("ab", "c")
    }
    return finished(hash);
  }

  /// A hash of what this hash is of, together with `part`; quicker than to begin anew, as a text
  /// remembers its own hash (which Java specifies).
  public static long mixed(long hash, String part) {
    return finished(hash ^ part.hashCode() * FNV_PRIME);
  }

  private static long finished(long raw) {
    long hash = (raw ^ raw >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
