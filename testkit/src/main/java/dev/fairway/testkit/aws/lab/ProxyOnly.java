// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.lab;

import dev.fairway.testkit.aws.AwsProxy;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// The proxy as a process of its own: `--backend URI [--port PORT]`.
public final class ProxyOnly {
  private ProxyOnly() {}

  public static void main(String[] arguments) throws InterruptedException {
    var flags = Flags.parse(List.of(arguments), Set.of(), Set.of("--backend", "--port"));
    var backend =
        flags
            .value("--backend")
            .map(URI::create)
            .orElseThrow(() -> new IllegalArgumentException("--backend is missing"));
    try (var proxy =
        AwsProxy.start(backend, flags.number("--port", 0, 0), InstantSource.system())) {
      System.out.println(proxy.uri());
      new CountDownLatch(1).await();
    }
  }
}
