// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.connect.AwsClients;
import dev.fairway.aws.cloud.connect.AwsSettings;
import dev.fairway.aws.cloud.connect.InstanceMetadata;
import dev.fairway.aws.cloud.connect.VpcDiscovery;
import dev.fairway.aws.cloud.limit.Gate;
import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.cloud.limit.Limits;
import dev.fairway.aws.cloud.limit.Ticker;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.aws.plan.Tags;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// AWS as the provider uses it: reads little, remembers what it read and wrote.
public final class AwsCloud implements AutoCloseable {
  private final AwsClients clients;
  private final ProviderContext context;
  private final Inventory inventory;
  private final Lists lists;
  private final Details details;
  private final Executor executor;
  private final Progress progress;
  private final Upkeep upkeep;

  /// @throws IllegalArgumentException when a setting is missing; the message names it
  /// @throws CloudException when AWS does not answer
  public AwsCloud(ProviderContext context, AwsSettings settings) {
    this.context = context;
    this.clients = AwsClients.connect(settings);
    var gate =
        new Gate(
            Limits.published(settings.auditDescribesPerSecond()),
            Ticker.system(),
            context.clock(),
            context.meters());
    var vpcId =
        new VpcDiscovery(clients.ec2(), gate, InstanceMetadata.ofThisMachine()).vpc(settings);
    var tags = new Tags(context.cluster(), settings.clusterName());
    var reads = new ElbReads(clients.elb(), gate);
    var writes = new ElbWrites(clients.elb(), gate);
    var ec2 = new Ec2Calls(clients.ec2(), gate);
    var securityGroups = new SecurityGroups(ec2);
    var nodes = new NodeGroups(ec2, tags, settings.nodeSecurityGroups());
    var backend = settings.backendSecurityGroup();
    this.inventory = new Inventory(context.clock());
    this.lists =
        new Lists(
            reads,
            ec2,
            vpcId,
            tags,
            nodes,
            backend,
            inventory,
            context.clock(),
            context.events()::resourcesFreed);
    this.details = new Details(reads, tags);
    this.progress = new Progress(reads, details, inventory);
    var access = new Access(securityGroups, nodes, inventory, backend.isEmpty());
    this.executor =
        new Executor(
            securityGroups,
            access,
            new Balancers(reads, writes, inventory, context.clock()),
            new Listeners(details, writes),
            new TargetGroups(reads, writes, inventory),
            new Adoptions(reads, writes, details, tags, inventory, context.clock()),
            inventory);
    this.upkeep =
        new Upkeep(
            inventory, access, details, writes, context, settings.auditDescribesPerSecond() > 0);
  }

  /// All that the cluster owns. From the second time on, it is followed by a look at what lists do
  /// not show, in the background.
  public List<AwsObserved> list() {
    var first = !inventory.loaded();
    lists.refresh(first ? Lane.NEW_SERVICE : Lane.REPAIR);
    if (!first) {
      upkeep.auditSoon();
    }
    upkeep.tidySoon();
    progress.followHalfTaken();
    return inventory.all().stream().map(this::dated).toList();
  }

  /// One load balancer, from memory unless it is in doubt.
  public AwsObserved observe(LoadBalancerKey key) {
    if (!inventory.loaded()) {
      lists.refresh(Lane.NEW_SERVICE);
    }
    if (inventory.inDoubt(key)) {
      var stamp = inventory.stamp();
      lists.refresh(Lane.CHANGE);
      inventory.get(key).ifPresent(seen -> inventory.put(details.read(seen, Lane.CHANGE), stamp));
    }
    progress.follow(key);
    return dated(inventory.get(key).orElseGet(() -> AwsObserved.nothing(key, inventory.around())));
  }

  private AwsObserved dated(AwsObserved seen) {
    return Adoptions.fresh(seen.at(context.clock().instant().getEpochSecond()));
  }

  /// Sets of targets by the digest under which tags promise them.
  public void promised(Map<String, Set<TargetId>> targets) {
    inventory.promised(targets);
  }

  /// One load balancer with all that can be read of it, the health of its targets too.
  public AwsObserved inspect(LoadBalancerKey key) {
    var seen = observe(key);
    if (!seen.exists()) {
      return seen;
    }
    var stamp = inventory.stamp();
    var known = details.read(seen, Lane.CHANGE);
    var read = details.states(known, known.balancers(), Lane.CHANGE);
    inventory.put(read, stamp);
    return read;
  }

  public AwsObserved apply(AwsAction action, AwsObserved seen) {
    var key = seen.key();
    try {
      var after = dated(executor.apply(action, seen.within(inventory.around())));
      inventory.put(after);
      upkeep.wrote(after);
      return after;
    } catch (CloudException e) {
      if (mayHaveHappened(e)) {
        inventory.doubt(key);
      }
      throw e;
    } catch (RuntimeException e) {
      inventory.doubt(key);
      throw e;
    }
  }

  private static boolean mayHaveHappened(CloudException error) {
    return switch (error) {
      // Without a cause, a breaker or our own look answered and nothing was sent.
      case CloudException.Unavailable unsure -> unsure.getCause() != null;
      case CloudException.Conflict _ -> true;
      case CloudException.NotReady _,
          CloudException.Throttled _,
          CloudException.Denied _,
          CloudException.QuotaExceeded _,
          CloudException.Rejected _ ->
          false;
    };
  }

  @Override
  public void close() {
    upkeep.close();
    clients.close();
  }
}
