// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.model.SubnetView;
import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Optional;

/// Chooses.
public final class SubnetChooser {
  private SubnetChooser() {}

  /// Choice.
  public record Choice(Optional<List<SubnetMapping>> mappings, List<Note> notes) {}

  public static Choice choose(
      Spec spec,
      Scheme scheme,
      AddressType addressType,
      String clusterName,
      List<SubnetView> subnets) {
    return new Choice(Optional.empty(), List.of());
  }
}
