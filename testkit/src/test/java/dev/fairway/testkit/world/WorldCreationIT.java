// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldCreationIT {
  @TempDir Path directory;

  @Test
  void aWorldThatCannotBeMadeLeavesNothingBehind() throws Exception {
    KubeBinaries broken = binariesWhoseApiServerFails();

    assertThatThrownBy(
            () -> World.create(directory.resolve("world"), broken, WorldOptions.PLAIN).close())
        .hasMessageContaining("kube-apiserver ended with exit code 1");

    assertThat(Command.run("ip", "netns", "list")).isEmpty();
    assertThat(Command.run("ip", "-brief", "link", "show", "type", "bridge")).isEmpty();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  private KubeBinaries binariesWhoseApiServerFails() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("bin"));
    Path real = KubeBinaries.fromEnvironment().directory();
    try (var files = Files.list(real)) {
      for (Path file : files.toList()) {
        String target = file.endsWith("kube-apiserver") ? "/bin/false" : file.toString();
        Path script = programs.resolve(file.getFileName());
        Files.writeString(script, "#!/bin/sh\nexec %s \"$@\"\n".formatted(target));
        assertThat(script.toFile().setExecutable(true)).isTrue();
      }
    }
    return new KubeBinaries(programs);
  }
}
