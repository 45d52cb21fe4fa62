// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

/// Something that is measured, by its name in the result.
public interface Keyed {
  String key();
}
