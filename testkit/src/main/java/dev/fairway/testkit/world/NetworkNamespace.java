// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A network namespace that `ip netns` knows, or the one that this JVM was started in.
///
/// @param name as given to `ip netns add`; empty for the JVM's own
public record NetworkNamespace(String name) {
  /// Where this JVM is: the LAN's switch and the control plane.
  public static final NetworkNamespace OWN = new NetworkNamespace("");

  private static final Path HANDLES = Path.of("/run/netns");

  /// The command line that runs `command` in this namespace.
  public List<String> command(List<String> command) {
    if (isOwn()) {
      return List.copyOf(command);
    }
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
    inside.addAll(command);
    return inside;
  }

  /// The command line that runs `ip` with these arguments for this namespace.
  List<String> ipCommand(String... arguments) {
    List<String> command = new ArrayList<>(isOwn() ? List.of("ip") : List.of("ip", "-n", name));
    command.addAll(List.of(arguments));
    return command;
  }

  /// Runs `work` on a thread of its own in this namespace: sockets opened there belong to it, for
  /// as long as they live. Threads that `work` starts inherit the namespace. Takes a fraction of a
  /// millisecond more than `work` itself; nothing is forked.
  public <T> CompletableFuture<T> submit(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    // A platform thread: setns moves a kernel thread, and virtual threads share those.
    var _ =
        Thread.ofPlatform()
            .daemon()
            .name("in " + (isOwn() ? "own namespace" : name))
            .start(() -> {
              try {
                if (!isOwn()) {
                  Setns.enter(handle());
                }
                result.complete(work.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  /// Runs `work` as [#submit(Callable)] does and waits for it.
  ///
  /// @throws IllegalStateException when `work` throws a checked exception; others are passed on
  public <T> T call(Callable<T> work) {
    try {
      return submit(work).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null -> throw e;
        case Throwable cause ->
            throw new IllegalStateException(name + ": " + cause.getMessage(), cause);
      }
    }
  }

  boolean isOwn() {
    return name.isEmpty();
  }

  Path handle() {
    return HANDLES.resolve(name);
  }
}
