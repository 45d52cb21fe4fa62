// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.model.Ingress;
import java.util.List;

/// Where clients connect to, as text.
public final class Places {
  private Places() {}

  /// Each address or name.
  public static List<String> of(List<Ingress> ingress) {
    return ingress.stream()
        .map(entry ->
            switch (entry) {
              case Ingress.Address address -> address.ip();
              case Ingress.Hostname name -> name.hostname();
            })
        .toList();
  }
}
