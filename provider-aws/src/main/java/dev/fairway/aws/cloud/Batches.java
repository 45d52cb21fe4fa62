// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import java.util.ArrayList;
import java.util.List;

/// As many at once as AWS takes in one call.
final class Batches {
  private Batches() {}

  static <T> List<List<T>> of(List<T> all, int most) {
    var batches = new ArrayList<List<T>>();
    for (var from = 0; from < all.size(); from += most) {
      batches.add(all.subList(from, Math.min(all.size(), from + most)));
    }
    return batches;
  }
}
