// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Part;
import dev.fairway.testkit.process.Command;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The allocator alone. Its benchmark looks into the provider and thus is among the provider's
/// tests, which the application does not have: it is compiled here, and run as a process.
final class Allocation implements Part<L2Stage, L2Figure> {
  private static final String SOURCE =
      "provider-metal/src/test/java/dev/fairway/metal/cloud/AllocationBench.java";
  private static final String MAIN = "dev.fairway.metal.cloud.AllocationBench";

  @Override
  public String title() {
    return "the allocator alone";
  }

  @Override
  public Set<L2Figure> figures() {
    return Set.of(L2Figure.ALLOC_PER_SECOND, L2Figure.ALLOC_SECONDS);
  }

  @Override
  public void run(L2Stage stage) {
    var site = stage.site();
    var libraries = site.app().directory().resolve("lib") + "/*";
    var classes = site.directory().resolve("allocation");
    var _ =
        Command.run(
            tool("javac"),
            "-proc:none",
            "-nowarn",
            "-cp",
            libraries,
            "-d",
            classes.toString(),
            site.home().resolve(SOURCE).toString());
    var printed = Command.run(tool("java"), "-cp", classes + ":" + libraries, MAIN);
    Map<?, ?> figures = Serialization.unmarshal(lastLine(printed), Map.class);
    for (var figure : List.of(L2Figure.ALLOC_PER_SECOND, L2Figure.ALLOC_SECONDS)) {
      stage
          .outcome()
          .put(figure, ((Number) Objects.requireNonNull(figures.get(figure.key()))).doubleValue());
    }
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static String lastLine(String text) {
    return text.strip().substring(text.strip().lastIndexOf('\n') + 1);
  }
}
