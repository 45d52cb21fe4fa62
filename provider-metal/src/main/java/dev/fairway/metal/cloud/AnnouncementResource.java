// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fairway.metal.cloud.AnnouncementResource.AnnouncementSpec;
import dev.fairway.metal.cloud.AnnouncementResource.AnnouncementStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Announcement custom resource; its meaning is described in `deploy/crds`.
@Group(Resources.GROUP)
@Version(Resources.VERSION)
@Kind("Announcement")
@Plural("announcements")
public final class AnnouncementResource
    extends CustomResource<AnnouncementSpec, AnnouncementStatus> {
  private static final long serialVersionUID = 1;

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AnnouncementSpec(
      @Nullable List<String> pools,
      @Nullable LabelSelector nodeSelector,
      @Nullable List<LabelSelector> serviceSelectors,
      @Nullable List<PreferredNodes> preferredNodes,
      @Nullable L2 l2) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PreferredNodes(@Nullable Integer weight, @Nullable LabelSelector nodeSelector) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record L2(@Nullable List<String> interfaces, @Nullable List<String> interfacePatterns) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AnnouncementStatus(@Nullable List<Condition> conditions) {}
}
