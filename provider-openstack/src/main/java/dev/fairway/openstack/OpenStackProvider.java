// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.openstack.cloud.OpenStackCloud;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.config.CredentialsFile;
import dev.fairway.openstack.config.OpenStackSettings;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.plan.OpenStackAction;
import dev.fairway.openstack.plan.OpenStackPlanner;
import dev.fairway.openstack.plan.Setup;
import dev.fairway.openstack.spec.OpenStackAnnotations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Load balancers of OpenStack Octavia, with floating IPs of Neutron.
public final class OpenStackProvider implements CloudProvider<OpenStackObserved, OpenStackAction> {
  static final String NAME = "openstack";
  // What they miss may have been made since the last look.
  private static final Set<String> MAY_HAVE_COME =
      Set.of(
          "SubnetUnknown",
          "NoFloatingNetwork",
          "NoFloatingSubnet",
          "LoadBalancerNotFound",
          "FloatingIpInUse",
          "FloatingIpNotFound");
  private static final String WAITS_TO_TAKE_OVER = "LoadBalancerNotActive";
  private static final Logger LOG = LoggerFactory.getLogger(OpenStackProvider.class);

  private final Capabilities capabilities;
  private final OpenStackPlanner planner;
  private final OpenStackCloud cloud;

  /// @throws IllegalArgumentException when a setting, cloud.conf or clouds.yaml is missing or
  ///   malformed; the message names it
  public OpenStackProvider(ProviderContext context) {
    var settings = OpenStackSettings.parse(context.settings());
    var conf = settings.readCloudConf(System.getenv());
    conf.warnings().forEach(warning -> LOG.warn("{}", warning));
    this.capabilities =
        new Capabilities(
            NAME,
            Set.of(Protocol.values()),
            Set.of(IpFamily.values()),
            Capabilities.AddressMode.PROXY,
            true,
            OpenStackAnnotations.CATALOGUE);
    this.planner =
        new OpenStackPlanner(
            new Setup(context.cluster(), settings.clusterName(), conf.options(), conf.classes()));
    var credentials = new CredentialsFile(settings, System.getenv(), Path.of(""), context.clock());
    this.cloud =
        new OpenStackCloud(
            context,
            OpenStackApi.connect(
                settings,
                credentials,
                context.clock(),
                RandomGenerator.getDefault(),
                context.meters()),
            settings.clusterName(),
            conf.options().manageSecurityGroups(),
            Duration.ofMillis(settings.pollMillis()));
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public List<OpenStackObserved> list(ClusterId cluster) {
    return cloud.list();
  }

  @Override
  public OpenStackObserved observe(LoadBalancerKey key) {
    return cloud.observe(key);
  }

  @Override
  public OpenStackObserved inspect(LoadBalancerKey key) {
    return cloud.inspect(key);
  }

  @Override
  public Plan<OpenStackAction> plan(Desired desired, OpenStackObserved seen) {
    return planner.plan(desired, seen);
  }

  @Override
  public void noted(LoadBalancerKey key, List<Note> notes) {
    var codes = notes.stream().map(Note::code).collect(Collectors.toSet());
    if (codes.stream().anyMatch(MAY_HAVE_COME::contains)) {
      cloud.askedInVain();
    }
    cloud.watchesStranger(key, codes.contains(WAITS_TO_TAKE_OVER));
  }

  @Override
  public OpenStackObserved apply(OpenStackAction action, OpenStackObserved seen) {
    return cloud.apply(action, seen.key());
  }

  @Override
  public void close() {
    cloud.close();
  }
}
