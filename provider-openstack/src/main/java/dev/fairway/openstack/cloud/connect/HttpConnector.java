// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.time.Duration;
import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.internal.HttpExecutor;

/// The connector of OpenStack4j, found by it as a service; the only one on the class path. It has
/// no state: the library keeps one for the whole process, while each cloud has connections and
/// authorities of its own, so these come with each call.
public final class HttpConnector implements HttpExecutorService {
  private static final ScopedValue<Means> MEANS = ScopedValue.newInstance();

  private record Means(Transport transport, Duration timeout) {}

  /// Sends a request through the library.
  ///
  /// @throws CallFailed when the answer is no success, or none comes
  static HttpResponse send(HttpRequest<?> request, Transport transport, Duration timeout) {
    return ScopedValue.where(MEANS, new Means(transport, timeout))
        .call(() -> HttpExecutor.create().execute(request));
  }

  @Override
  public <R> HttpResponse execute(HttpRequest<R> request) {
    if (!MEANS.isBound()) {
      throw new IllegalStateException("OpenStack is called through OpenStackApi only");
    }
    var means = MEANS.get();
    return means.transport().send(request, means.timeout());
  }

  @Override
  public String getExecutorDisplayName() {
    return "java.net.http";
  }
}
