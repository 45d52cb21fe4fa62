// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import dev.fairway.testkit.process.ChildProcess;

/// A pod: a server (see [PodAnswer]) as a plain process in a namespace of its own, with a Pod
/// object for the controllers to see.
public final class PodHost extends Host implements AutoCloseable {
  private final String podNamespace;
  private final String podName;
  private final ClusterObjects objects;
  private final ChildProcess process;

  PodHost(
      NetworkNamespace namespace,
      String address,
      String podNamespace,
      String podName,
      ClusterObjects objects,
      ChildProcess process) {
    super(namespace, address);
    this.podNamespace = podNamespace;
    this.podName = podName;
    this.objects = objects;
    this.process = process;
  }

  /// The name of the Pod object.
  public String podName() {
    return podName;
  }

  public ChildProcess process() {
    return process;
  }

  /// Says in the Pod's status whether it is ready; the endpointslice controller follows.
  public void setReady(boolean ready) {
    objects.setPodStatus(podNamespace, podName, address(), ready);
  }

  /// Begins an orderly shutdown: the Pod object is marked for deletion, so that its endpoint is
  /// terminating, while the process goes on serving until [#remove()].
  public void terminate() {
    objects.terminatePod(podNamespace, podName);
  }

  /// Deletes the Pod object and ends the process, in this order, as an orderly shutdown does.
  public void remove() {
    objects.deletePod(podNamespace, podName);
    close();
  }

  /// Ends the process and removes the network namespace; the Pod object stays.
  @Override
  public void close() {
    if (process.isAlive()) {
      process.kill9();
      Network.removePod(namespace());
    }
  }
}
